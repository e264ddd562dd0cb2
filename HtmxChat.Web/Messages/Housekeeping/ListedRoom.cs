using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Housekeeping;

/// <summary>A room as administrators see it who may not read it.</summary>
/// <param name="Members">Null in an open room, where everybody is.</param>
/// <param name="LastMessageAt">Null while nothing has been said.</param>
public sealed record ListedRoom(RoomId Id, string Name, RoomKind Kind, bool IsArchived, string Owner, long? Members, DateTimeOffset? LastMessageAt, KeepTime Keep)
{
    public bool IsPublic { get; init; }
}

/// <summary>A stretch of the rooms, by name.</summary>
/// <param name="After">The room that the next stretch comes after; null at the end.</param>
public sealed record RoomsPage(IReadOnlyList<ListedRoom> Rooms, RoomId? After);
