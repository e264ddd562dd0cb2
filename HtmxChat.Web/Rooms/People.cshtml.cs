using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

/// <summary>Who is in a room, and who of them is here: a page, and through htmx what stands in the panel of the room's own page.</summary>
public sealed class PeopleModel(RoomDirectory rooms, Members members) : PageModel
{
    /// <summary>Whom somebody looks for; null in the panel, which does not ask.</summary>
    [BindProperty(Name = "find", SupportsGet = true)]
    public string? Find { get; set; }

    public Room Room { get; private set; } = null!;

    public WhoIsHere Who { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { } access) return NotFound();

        Room = access.Room;
        Who = await members.WhoIsHereAsync(Room, NameSearch.Of(Find), ct) with { IsOwnPage = !Request.IsHtmx() || Request.Query.ContainsKey("find") };
        Response.Headers.Vary = "HX-Request";
        return Request.IsHtmx() ? Partial("/Rooms/_People.cshtml", Who) : Page();
    }
}
