namespace HtmxChat.Web.Messages.Mentions;

/// <summary>That a message calls somebody.</summary>
public sealed class MentionRow
{
    public long PersonId { get; set; }

    public long RoomId { get; set; }

    public long Seq { get; set; }

    public MentionKind Kind { get; set; }

    /// <summary>When the message was sent.</summary>
    public long SentAtMs { get; set; }
}
