namespace HtmxChat.Web.Messages.Moderation;

/// <summary>That somebody has told the administrators of a message. The message may have gone since.</summary>
public sealed class ReportRow
{
    public long Id { get; set; }

    public long RoomId { get; set; }

    public long MessageSeq { get; set; }

    public long ReporterId { get; set; }

    /// <summary>What is wrong with it, in the reporter's words.</summary>
    public required string Reason { get; set; }

    public long ReportedAtMs { get; set; }

    /// <summary>Null while nobody has.</summary>
    public long? HandledAtMs { get; set; }

    public long? HandledById { get; set; }

    /// <summary>Why the message was removed, in the administrator's words for its author; null when it was not.</summary>
    public string? Answer { get; set; }
}
