namespace HtmxChat.Web.Rooms;

/// <summary>What happened in a room.</summary>
public enum RoomChange
{
    /// <summary>A message was posted.</summary>
    Posted = 1,

    /// <summary>A message was given a new text.</summary>
    Edited = 2,

    /// <summary>A message was deleted.</summary>
    Deleted = 3,

    /// <summary>The room was given a new name, topic or icon.</summary>
    HeadingChanged = 4,

    /// <summary>A message had become older than its room keeps them, and is not there any more.</summary>
    Expired = 5,

    /// <summary>Others may write in the room than before, or nobody.</summary>
    WritersChanged = 6,
}
