namespace HtmxChat.Web.Messages;

/// <summary>What happened to a message.</summary>
public enum MessageChange
{
    Posted = 1,
    Edited = 2,
    Deleted = 3,
}

/// <summary>One numbered change of a room as it is stored.</summary>
public sealed class EventRow
{
    public long RoomId { get; set; }

    /// <summary>Dense: 1, 2, 3 and so on in each room.</summary>
    public long Seq { get; set; }

    public MessageChange Kind { get; set; }

    public long MessageSeq { get; set; }
}
