using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>The rooms at the side of a page.</summary>
/// <param name="Current">The one that the page shows.</param>
public sealed record RoomList(IReadOnlyList<Room> Rooms, RoomId Current);
