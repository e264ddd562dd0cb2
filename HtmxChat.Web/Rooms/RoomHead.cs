namespace HtmxChat.Web.Rooms;

/// <summary>How far a room has come.</summary>
/// <param name="Seq">Its newest event.</param>
/// <param name="Messages">How many messages it has been given, also those that were deleted since.</param>
/// <param name="Expired">How many of them, the oldest, were older than the room keeps them and are gone for good.</param>
public readonly record struct RoomHead(long Seq, long Messages, long Expired)
{
    /// <summary>How many have their place in it still.</summary>
    public long Left => Messages - Expired;
}
