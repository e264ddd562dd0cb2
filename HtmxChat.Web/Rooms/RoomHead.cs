namespace HtmxChat.Web.Rooms;

/// <summary>How far a room has come.</summary>
/// <param name="Seq">Its newest event.</param>
/// <param name="Messages">How many messages it has been given, also those that were deleted since.</param>
public readonly record struct RoomHead(long Seq, long Messages);
