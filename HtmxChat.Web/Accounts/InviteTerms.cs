using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>For whom, until when and how often an invite link is good. Terms that exist are valid.</summary>
public sealed record InviteTerms
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxNoteLength = 100;

    /// <summary>How often one link can be used, where that is limited.</summary>
    public const int MaxUses = 10_000;

    /// <summary>How long one link can be good, where that is limited.</summary>
    public const int MaxDays = 365;

    InviteTerms(string note, TimeSpan? lifetime, int? uses) => (Note, Lifetime, Uses) = (note, lifetime, uses);

    /// <summary>What it is for, in the words of whoever makes it; may be empty.</summary>
    public string Note { get; }

    /// <summary>Null never expires.</summary>
    public TimeSpan? Lifetime { get; }

    /// <summary>Null is as often as people like.</summary>
    public int? Uses { get; }

    /// <summary>Reads what somebody typed.</summary>
    /// <param name="days">0 to <see cref="MaxDays"/>; 0 never expires.</param>
    /// <param name="uses">Empty is as often as people like.</param>
    /// <param name="noteRefusal">What is wrong with the note.</param>
    /// <param name="daysRefusal">What is wrong with the number of days.</param>
    /// <param name="usesRefusal">What is wrong with the number of uses.</param>
    public static InviteTerms? Parse(string? note, string? days, string? uses, out Refusal? noteRefusal, out Refusal? daysRefusal, out Refusal? usesRefusal)
    {
        var (line, lifetime, count) = (PlainLine.Clean(note), ParseDays(days, out daysRefusal), ParseUses(uses, out usesRefusal));
        noteRefusal = line.Length > MaxNoteLength ? new($"That note has {line.Length} characters; please use at most {MaxNoteLength}.") : null;
        return noteRefusal is null && daysRefusal is null && usesRefusal is null ? new InviteTerms(line, lifetime, count) : null;
    }

    // Never for ever because something could not be read.
    static TimeSpan? ParseDays(string? days, out Refusal? refusal)
    {
        refusal = null;
        if (int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxDays) return count == 0 ? null : TimeSpan.FromDays(count);

        refusal = new($"Please choose how long the link is good: from 1 to {MaxDays} days, or ever.");
        return null;
    }

    static int? ParseUses(string? uses, out Refusal? refusal)
    {
        refusal = null;
        if (string.IsNullOrWhiteSpace(uses)) return null;
        if (int.TryParse(uses, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MaxUses) return count;

        refusal = new(string.Create(CultureInfo.InvariantCulture, $"Please give a number from 1 to {MaxUses:N0}, or leave it empty."));
        return null;
    }
}
