using HtmxChat.Web.Accounts;

namespace HtmxChat.Web.Rooms;

/// <summary>A room as one person may use it, or the world. Whoever has one may read the room; where there is none, the room does not exist for them.</summary>
/// <param name="FromSeq">The first event that they may read; 0 when they may read all.</param>
public sealed record RoomAccess(Room Room, long FromSeq, Involvement Involvement, bool IsFavourite, bool MayPost, bool MayManage)
{
    /// <summary>What the world may do in a public room: read, from where it was made public.</summary>
    internal static RoomAccess OfWorld(Room room) => new(room, room.WorldFromSeq!.Value, Involvement.Nothing, IsFavourite: false, MayPost: false, MayManage: false);

    /// <summary>What a person may do in a room that they may read.</summary>
    internal static RoomAccess Of(Room room, Viewer viewer, Membership? membership)
    {
        var manages = room.Kind != RoomKind.Direct && (room.Owner == viewer.Id || viewer.IsAdministrator);
        return new RoomAccess(
            room, membership?.FromSeq ?? 0, membership?.Involvement ?? Involvement.Everything, membership?.IsFavourite ?? false,
            MayPost: room.Writers == Writers.Everybody || (room.Writers == Writers.Managers && manages), MayManage: manages);
    }
}

/// <summary>What a person has said about a room for themselves.</summary>
sealed record Membership(Room Room, long FromSeq, Involvement Involvement, bool IsFavourite);
