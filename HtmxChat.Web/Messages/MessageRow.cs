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
}
