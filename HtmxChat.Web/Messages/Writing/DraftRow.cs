namespace HtmxChat.Web.Messages.Writing;

/// <summary>What somebody has typed and not sent.</summary>
public sealed class DraftRow
{
    public long PersonId { get; set; }

    public long RoomId { get; set; }

    /// <summary>The thread it is typed in; 0 is the room itself.</summary>
    public long ThreadSeq { get; set; }

    public required string Text { get; set; }

    /// <summary>The message that it answers; null when it answers none.</summary>
    public long? ReplyToSeq { get; set; }

    public long SavedAtMs { get; set; }
}
