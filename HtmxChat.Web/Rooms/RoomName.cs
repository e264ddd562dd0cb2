using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>A name that a room may have. One that exists is valid.</summary>
public sealed record RoomName
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxLength = 60;

    RoomName(string text) => Text = text;

    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static RoomName? Parse(string? text, out Refusal? refusal) =>
        PlainLine.Read(text, "Please give the room a name.", MaxLength, out refusal) is { } name ? new(name) : null;
}
