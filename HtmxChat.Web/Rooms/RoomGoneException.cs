using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>A room that was there a moment ago has been deleted.</summary>
public sealed class RoomGoneException(RoomId room) : Exception($"There is no room {room}.");
