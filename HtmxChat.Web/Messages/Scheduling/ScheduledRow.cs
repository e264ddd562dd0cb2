namespace HtmxChat.Web.Messages.Scheduling;

/// <summary>What is to be posted later.</summary>
public sealed class ScheduledRow
{
    public long Id { get; set; }

    public long PersonId { get; set; }

    public long RoomId { get; set; }

    /// <summary>What makes posting it twice harmless.</summary>
    public required string ClientKey { get; set; }

    public required string Text { get; set; }

    /// <summary>The message of the same room that it answers; null when it answers none.</summary>
    public long? ReplyToSeq { get; set; }

    public long DueAtMs { get; set; }

    /// <summary>Why it could not be posted when it was due; null while nothing is wrong.</summary>
    public string? Problem { get; set; }
}
