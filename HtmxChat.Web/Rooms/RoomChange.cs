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

    /// <summary>What a message answers was given another text, or is not there any more.</summary>
    OriginalChanged = 7,

    /// <summary>A message was taken back by who had just sent it, and is not there any more.</summary>
    TakenBack = 8,

    /// <summary>Somebody reacted to a message, or does not any more.</summary>
    Reacted = 9,

    /// <summary>Somebody chose in a message's poll, or it was closed.</summary>
    Voted = 10,

    /// <summary>A message was pinned, or is not any more.</summary>
    Pinned = 21,

    /// <summary>The room has more pinned messages than before, or fewer.</summary>
    PinsChanged = 22,

    /// <summary>The thread that began with a message has got more messages, or fewer.</summary>
    ThreadChanged = 30,

    /// <summary>What is behind a message's link is shown below it, or not any more.</summary>
    Previewed = 31,
}
