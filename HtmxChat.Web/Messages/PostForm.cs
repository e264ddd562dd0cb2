using HtmxChat.Web.Messages.Polls;

namespace HtmxChat.Web.Messages;

/// <summary>A message as somebody sends it, by whichever way, and not looked at yet.</summary>
/// <param name="Key">What makes sending it twice harmless.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Reply">The number of the message that it answers; null or empty when it answers none.</param>
public sealed record PostForm(string? Key, string? Text, string? Reply = null)
{
    /// <summary>The number of the message whose thread it goes into; null or empty when it goes into none.</summary>
    public string? Thread { get; init; }

    /// <summary>What the page had kept of it last while it was typed; null or empty when it does not say.</summary>
    public string? Kept { get; init; }

    /// <summary>Whether the room is to show it too; null or empty when not.</summary>
    public string? Also { get; init; }

    /// <summary>The message that it passes on, which its author may read; null when it passes none on.</summary>
    public Message? Forwards { get; init; }

    /// <summary>What people shall choose from; null when it asks nothing.</summary>
    public Poll? Poll { get; init; }

    /// <summary>Whether it was written a while ago, to be sent now: its author is not there, and has not read what was said since.</summary>
    public bool IsLate { get; init; }
}
