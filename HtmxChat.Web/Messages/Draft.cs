using System.Globalization;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Messages.Polls;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>What may be said in a room. A draft that exists is valid.</summary>
public sealed record Draft
{
    /// <summary>In UTF-16 units, after cleaning; a site may be set to less.</summary>
    public const int MaxLength = Site.DefaultMaxMessageLength;

    Draft(string text) => Text = text;

    /// <summary>Lines are separated by LF; there is no other control character but the tab.</summary>
    public string Text { get; }

    /// <summary>The number of the message of the same room that it answers; null when it answers none.</summary>
    public long? Answers { get; init; }

    /// <summary>The message that it passes on; null when it passes none on.</summary>
    public (RoomId Room, long Seq)? Forwards { get; private init; }

    /// <summary>What people shall choose from; null when it asks nothing.</summary>
    public Poll? Poll { get; init; }

    /// <summary>Who is here now: in an open room they are called by what calls everybody.</summary>
    public IReadOnlyCollection<PersonId> Here { get; init; } = [];

    /// <summary>Whether it calls everybody in the room.</summary>
    public bool CallsRoom => MentionedHandles.IsRoom(Text);

    /// <summary>The number of the message of the same room whose thread it goes into; null when it goes into none.</summary>
    public long? Thread { get; init; }

    /// <summary>What was kept of it last while it was typed, see <see cref="KeptDraft"/>; empty when that is not known.</summary>
    public string Kept { get; init; } = "";

    /// <summary>Of a message in a thread: whether the room shows it as well.</summary>
    public bool IsInRoomToo { get; init; }

    /// <summary>Reads what somebody typed.</summary>
    /// <param name="maxLength">As the site is set.</param>
    public static Draft? Parse(string? text, out Refusal? refusal, int maxLength = MaxLength)
    {
        var clean = Clean(text ?? "");
        refusal =
            !PlainLine.SaysSomething(clean) ? new("Write something first.") :
            clean.Length > maxLength ? new(string.Create(CultureInfo.InvariantCulture, $"That is {clean.Length:N0} characters, and a message can have {maxLength:N0}. Please shorten it; your text is kept.")) :
            null;
        return refusal is null ? new Draft(clean) : null;
    }

    /// <summary>Reads what somebody says to a message that they pass on, which may be nothing.</summary>
    public static Draft? Parse(string? text, Message forwards, out Refusal? refusal, int maxLength)
    {
        refusal = null;
        var draft = Clean(text ?? "").Length == 0 ? new Draft("") : Parse(text, out refusal, maxLength);
        return draft is null ? null : draft with { Forwards = (forwards.Room, forwards.Seq) };
    }

    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t') clean.Append(rune);
        }
        return clean.ToString().Trim();
    }
}
