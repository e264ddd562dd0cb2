using HtmxChat.Web.Messages.Forwarding;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Messages.Polls;
using HtmxChat.Web.Messages.Reactions;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>What somebody said in a room, as it is now.</summary>
/// <param name="Seq">The number of the event that posted it; with the room it names the message, for ever.</param>
/// <param name="ChangedSeq">The number of the newest event about it.</param>
/// <param name="ClientKey">What the author's page called it before it had a number.</param>
/// <param name="Text">Empty when it was deleted.</param>
public sealed record Message(
    RoomId Room, long Seq, long ChangedSeq, Author Author, string ClientKey, string Text,
    DateTimeOffset SentAt, Placement Placement, DateTimeOffset? EditedAt, DateTimeOffset? DeletedAt)
{
    /// <summary>The id of its element on every page.</summary>
    public string ElementId => ElementIdOf(Seq);

    /// <summary>The id of the element of the message of a number.</summary>
    public static string ElementIdOf(long seq) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"m-{seq}");

    /// <summary>Where it is shown with its surroundings, for ever.</summary>
    public string Path => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/rooms/{Room.Value}/messages/{Seq}");

    /// <summary>The message that it answers; null when it answers none.</summary>
    public Original? Answers { get; init; }

    public ReactionTally Reactions { get; init; } = ReactionTally.None;

    public Mentioned Mentioned { get; init; } = Mentioned.Nobody;

    /// <summary>For the page to mark what calls somebody: the numbers of those whom it calls or answers, and <c>*</c> for everybody; null when it is nobody.</summary>
    public string? Calls => IsDeleted ? null : Mentioned.IdsWith(Answers?.Author is { } answered && answered != Author.Id ? answered : null);

    /// <summary>What it asks people to choose from; null when it asks nothing.</summary>
    public Poll? Poll { get; init; }

    /// <summary>What is known of its first link: what is behind it, or that this was removed; null when nothing is.</summary>
    public LinkPreview? Link { get; init; }

    /// <summary>What is behind its first link; null when there is nothing to show.</summary>
    public LinkPreview? Preview => Link is { IsRemoved: false } ? Link : null;

    /// <summary>The message that it passes on; null when it passes none on.</summary>
    public Forwarded? Forwarded { get; init; }

    /// <summary>When it was pinned; null while it is not.</summary>
    public DateTimeOffset? PinnedAt { get; init; }

    public ThreadPlace Thread { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    /// <summary>Whether it was an administrator who deleted it, and not its author.</summary>
    public bool IsRemoved { get; init; }
}
