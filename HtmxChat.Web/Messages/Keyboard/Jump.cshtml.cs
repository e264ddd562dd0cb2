using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Keyboard;

/// <summary>Where to go next: a page, and for the box over a room's page only what was found.</summary>
public sealed class JumpModel(Destinations destinations) : PageModel
{
    /// <summary>What was typed; null when that is nothing.</summary>
    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Typed { get; set; }

    public FoundDestinations Found { get; private set; } = null!;

    /// <summary>Whether the person may write to whom they find; a guest can look at them.</summary>
    public bool MayWrite => DirectRooms.MayOpen(User.Viewer());

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Found = await destinations.FindAsync(User.Viewer(), LastRoom.Read(Request), Typed, ct);
        Response.Headers.Vary = "HX-Request";
        return Request.IsHtmx() ? Partial("/Messages/Keyboard/_Destinations.cshtml", this) : Page();
    }
}
