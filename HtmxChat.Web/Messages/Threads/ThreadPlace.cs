namespace HtmxChat.Web.Messages.Threads;

/// <summary>What a message has to do with a thread.</summary>
/// <param name="Of">The message of the same room whose thread it belongs to; null when it belongs to none.</param>
/// <param name="IsInRoomToo">Whether the room shows it, although it is in a thread.</param>
/// <param name="Count">How many messages its own thread has.</param>
/// <param name="LastAt">When the newest of them was sent; null while there is none.</param>
public readonly record struct ThreadPlace(long? Of, bool IsInRoomToo, int Count, DateTimeOffset? LastAt)
{
    /// <summary>Whether the room's own list has the message.</summary>
    public bool IsInRoom => Of is null || IsInRoomToo;

    /// <summary>The thread whose page shows the message: the one that it is in, or its own; null when there is none.</summary>
    /// <param name="seq">The message's own number.</param>
    public long? ShownIn(long seq) => Of ?? (Count > 0 ? seq : null);
}
