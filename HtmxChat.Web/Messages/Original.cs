using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>The message that another one answers, as far as the answer shows it.</summary>
/// <param name="Seq">Its number, in the same room.</param>
/// <param name="AuthorName">Null when it cannot be shown: it is not there any more, or some who read the answer may not read it.</param>
/// <param name="Text">Empty when it was deleted.</param>
public sealed record Original(long Seq, string? AuthorName, string Text)
{
    /// <summary>Who wrote it; null where its name is.</summary>
    public PersonId? Author { get; init; }

    /// <summary>Whether there is something of it to show.</summary>
    public bool IsThere => Text.Length > 0;
}
