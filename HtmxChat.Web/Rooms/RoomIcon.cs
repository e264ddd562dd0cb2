using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>One emoji before a room's name, or none. One that exists is valid.</summary>
public sealed record RoomIcon
{
    // In UTF-16 units; a family has eleven.
    const int MaxLength = 20;

    RoomIcon(string text) => Text = text;

    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static RoomIcon? Parse(string? text, out Refusal? refusal)
    {
        var icon = PlainLine.Clean(text);
        refusal = icon.Length > MaxLength || new StringInfo(icon).LengthInTextElements > 1 || icon.Any(char.IsAsciiLetterOrDigit)
            ? new("An icon is a single emoji, or nothing.")
            : null;
        return refusal is null ? new RoomIcon(icon) : null;
    }
}
