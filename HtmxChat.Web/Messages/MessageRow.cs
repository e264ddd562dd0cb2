namespace HtmxChat.Web.Messages;

/// <summary>A message as it is stored. Its key is its room and the number of the event that posted it.</summary>
public sealed class MessageRow
{
    public long RoomId { get; set; }

    public long Seq { get; set; }

    /// <summary>The newest event about this message; <see cref="Seq"/> while it is unchanged.</summary>
    public long ChangedSeq { get; set; }

    public long AuthorId { get; set; }

    /// <summary>What makes posting it twice harmless: unique for its author, for ever.</summary>
    public required string ClientKey { get; set; }

    public required string Text { get; set; }

    public long SentAtMs { get; set; }

    public Placement Placement { get; set; }

    public long? EditedAtMs { get; set; }

    public long? DeletedAtMs { get; set; }

    /// <summary>Whether it was an administrator who deleted it, and not its author.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>The message of the same room that it answers, which may not be there any more; null when it answers none.</summary>
    public long? ReplyToSeq { get; set; }

    /// <summary>Who has reacted with what, see <see cref="Messages.Reactions.ReactionTally.Stored"/>; null when nobody has.</summary>
    public string? Reactions { get; set; }

    /// <summary>Whom it mentions, see <see cref="Mentions.Mentioned.Stored"/>; null when nobody.</summary>
    public string? Mentioned { get; set; }

    /// <summary>What people are asked and how they have voted, as JSON; null when it asks nothing.</summary>
    public string? Poll { get; set; }

    /// <summary>What is behind its first link, as JSON; null when there is nothing to show.</summary>
    public string? Preview { get; set; }

    /// <summary>The room of the message that it passes on; null when it passes none on.</summary>
    public long? ForwardedRoomId { get; set; }

    /// <summary>The number of that message, which may not be there any more.</summary>
    public long? ForwardedSeq { get; set; }

    /// <summary>When it was pinned; null while it is not.</summary>
    public long? PinnedAtMs { get; set; }

    /// <summary>Who pinned it.</summary>
    public long? PinnedById { get; set; }

    /// <summary>The message of the same room whose thread it belongs to; null when it belongs to none.</summary>
    public long? ThreadSeq { get; set; }

    /// <summary>Of a message in a thread: whether the room shows it as well.</summary>
    public bool IsInRoomToo { get; set; }

    /// <summary>How many messages its own thread has.</summary>
    public int ThreadCount { get; set; }

    /// <summary>When the newest of them was sent; null while there is none.</summary>
    public long? ThreadLastAtMs { get; set; }
}
