using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>How long a room keeps its messages. One that exists is valid.</summary>
public sealed record KeepTime
{
    const int MaxDays = 3650;

    /// <summary>They stay.</summary>
    public static readonly KeepTime ForEver = new((int?)null);

    KeepTime(int? days) => Days = days;

    /// <summary>After so many days they go for good; null is never.</summary>
    public int? Days { get; }

    /// <summary>Of a room as it is stored.</summary>
    public static KeepTime Of(int? days) => new(days);

    /// <summary>Reads what somebody typed; nothing is for ever.</summary>
    public static KeepTime? Parse(string? text, out Refusal? refusal)
    {
        refusal = null;
        if (string.IsNullOrWhiteSpace(text)) return ForEver;
        if (int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MaxDays) return new KeepTime(days);

        refusal = new($"Please give a number of days from 1 to {MaxDays}, or leave it empty.");
        return null;
    }
}
