using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Rooms;

/// <summary>The rooms that the world may read; nothing while there is none.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.World)]
public sealed class PublicModel(RoomDirectory rooms) : PageModel
{
    public IReadOnlyList<Room> Rooms { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Rooms = await rooms.PublicAsync(ct);
        return Rooms.Count == 0 ? NotFound() : new WorldPage();
    }
}
