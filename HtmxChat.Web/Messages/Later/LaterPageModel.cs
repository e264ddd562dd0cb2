using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Later;

/// <summary>What the lists of what is kept for later have in common: how much there is in each, and what the rooms are called.</summary>
public abstract class LaterPageModel(RoomDirectory rooms, LaterOverview overview) : PageModel
{
    IReadOnlyDictionary<RoomId, string> names = new Dictionary<RoomId, string>();

    public LaterCounts Counts { get; private set; } = null!;

    public Viewer Viewer => User.Viewer();

    /// <summary>Whether htmx asks, for a part of a page that is open.</summary>
    protected bool IsForPart => Request.IsHtmx();

    /// <summary>What its reader calls a room.</summary>
    public string NameOf(RoomId room) => names.GetValueOrDefault(room, "A room that you are not in");

    protected async Task CountAsync(CancellationToken ct)
    {
        Counts = await overview.CountAsync(Viewer.Id, ct);
        names = (await rooms.ListAllAsync(Viewer.Id, ct)).ToDictionary(r => r.Room.Id, r => r.Room.Name);
    }
}
