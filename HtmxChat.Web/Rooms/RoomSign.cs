namespace HtmxChat.Web.Rooms;

/// <summary>A room whose page is to say something of it.</summary>
/// <param name="Seq">The event that it was changed by; null where it is shown as it is.</param>
public sealed record RoomSign(Room Room, long? Seq);
