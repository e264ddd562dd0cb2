using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Later;

/// <summary>When something is to happen: one of a few choices, or a time by the clock of whoever chooses.</summary>
public static class DueTime
{
    /// <summary>So far ahead it can be.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>What a browser's field for a time gives and takes.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm";

    /// <summary>The choice to give a time.</summary>
    public const string ByTime = "at";

    /// <summary>The choices that need no more, as a form names them and as people read them.</summary>
    public static IReadOnlyList<(string Name, string Words)> Choices { get; } =
        [("20m", "In 20 minutes"), ("1h", "In 1 hour"), ("3h", "In 3 hours"), ("tomorrow", "Tomorrow at 9:00"), ("monday", "Next Monday at 9:00")];

    static readonly TimeSpan Morning = TimeSpan.FromHours(9);

    // Browsers leave seconds out where they are 0, and where there is no such field people type it as they are told to.
    static readonly string[] Formats = [Format, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    /// <summary>Reads what was chosen.</summary>
    /// <param name="choice">The name of one of <see cref="Choices"/>, or <see cref="ByTime"/>.</param>
    /// <param name="at">What was typed as the time.</param>
    /// <param name="zone">Of whoever chooses.</param>
    public static DateTimeOffset? Parse(string? choice, string? at, Zone zone, DateTimeOffset now, out Refusal? refusal)
    {
        var today = zone.LocalOf(now).Date;
        refusal = null;
        switch (choice)
        {
            case "20m": return now + TimeSpan.FromMinutes(20);
            case "1h": return now + TimeSpan.FromHours(1);
            case "3h": return now + TimeSpan.FromHours(3);
            case "tomorrow": return zone.MomentOf(today.AddDays(1) + Morning);
            case "monday": return zone.MomentOf(today.AddDays(7 - ((int)today.DayOfWeek + 6) % 7) + Morning);
            default: return ParseTime(at, zone, now, out refusal);
        }
    }

    static DateTimeOffset? ParseTime(string? at, Zone zone, DateTimeOffset now, out Refusal? refusal)
    {
        if (!DateTime.TryParseExact(at?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            refusal = new($"Please choose one of these, or give a time such as {zone.LocalOf(now).AddDays(1).ToString(Format, CultureInfo.InvariantCulture)}.");
            return null;
        }

        // Compared by the wall clock first: at the ends of time there are no moments to compare.
        var here = zone.LocalOf(now);
        var isPast = local < here.AddDays(-1);
        var isFar = local > here + Furthest;
        var moment = isPast || isFar ? now : zone.MomentOf(local);
        refusal =
            isFar ? new("That is more than a year ahead. Please choose an earlier time.") :
            isPast || moment <= now ? new($"That time is over: it is {zone.Show(now)} now. Please choose a later one.") : null;
        return refusal is null ? moment : null;
    }
}
