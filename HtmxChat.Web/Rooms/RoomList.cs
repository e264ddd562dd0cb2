using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>The rooms at the side of a page.</summary>
/// <param name="Current">The one that the page shows.</param>
public sealed record RoomList(IReadOnlyList<RoomAccess> Rooms, RoomId Current)
{
    /// <summary>Favourites first, then rooms, then direct conversations; those that there are, with what stands above them.</summary>
    public IEnumerable<(string? Title, List<RoomAccess> Rooms)> Groups
    {
        get
        {
            (string? Title, List<RoomAccess> Rooms)[] groups =
            [
                ("Favourites", Of(r => r.IsFavourite)),
                (Rooms.Any(r => r.IsFavourite) ? "Rooms" : null, Of(r => !r.IsFavourite && r.Room.Kind != RoomKind.Direct)),
                ("Direct", Of(r => !r.IsFavourite && r.Room.Kind == RoomKind.Direct)),
            ];
            return groups.Where(g => g.Rooms.Count > 0);
        }
    }

    List<RoomAccess> Of(Func<RoomAccess, bool> which) => [.. Rooms.Where(which)];
}
