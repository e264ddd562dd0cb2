using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>The form that a message is written in.</summary>
/// <param name="Action">Where it posts to.</param>
/// <param name="Key">What makes sending it twice harmless.</param>
/// <param name="Text">What was typed, when it could not be sent.</param>
/// <param name="Problem">Why it could not.</param>
public sealed record ComposerForm(string Action, RoomId Room, string RoomName, ClientKey Key, string? Text = null, string? Problem = null)
{
    /// <summary>What came of a command; null when none was given.</summary>
    public string? Notice { get; init; }

    /// <summary>The message that is answered; null when none is.</summary>
    public Message? Answered { get; init; }

    /// <summary>What is kept of it on the server; null when nothing is.</summary>
    public string? Kept { get; init; }

    public ComposerTools Tools { get; init; }
}
