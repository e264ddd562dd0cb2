namespace HtmxChat.Web.Messages;

/// <summary>What happened in a room.</summary>
public enum RoomChange
{
    /// <summary>A message was posted.</summary>
    Posted = 1,

    /// <summary>A message was given a new text.</summary>
    Edited = 2,

    /// <summary>A message was deleted.</summary>
    Deleted = 3,

    /// <summary>The room was given a new name.</summary>
    Renamed = 4,

    /// <summary>A message had become older than its room keeps them, and is not there any more.</summary>
    Expired = 5,
}

/// <summary>One numbered change of a room as it is stored.</summary>
public sealed class EventRow
{
    public long RoomId { get; set; }

    /// <summary>Dense: 1, 2, 3 and so on in each room.</summary>
    public long Seq { get; set; }

    public RoomChange Kind { get; set; }

    /// <summary>The message it happened to, which may have gone since; null when it happened to the room.</summary>
    public long? MessageSeq { get; set; }
}
