using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Pins;

/// <summary>What is pinned in a room: a page, and through htmx what stands in the panel of the room's own page.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class PinsModel(RoomDirectory rooms, PinnedMessages pinned, PinMessage pin) : PageModel
{
    /// <summary>The number of the message that is not to be pinned any more.</summary>
    [BindProperty(Name = "unpin")]
    public long Unpin { get; set; }

    public RoomAccess Access { get; private set; } = null!;

    public IReadOnlyList<PinnedMessage> Pinned { get; private set; } = [];

    public Zone Zone => User.Viewer().Zone;

    bool IsForPart => Request.IsHtmx();

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ? await ShowAsync(ct) : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || await pin.UnpinAsync(Access, Unpin, ct) is PinOutcome.NotFound) return NotFound();

        return IsForPart ? await ShowAsync(ct) : new SeeOther($"/rooms/{id}/pins");
    }

    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { } access) return false;

        Access = access;
        return true;
    }

    async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        Pinned = await pinned.ListAsync(Access, ct);
        Response.Headers.Vary = "HX-Request";
        return IsForPart ? Partial("/Messages/Pins/_Pins.cshtml", this) : Page();
    }
}
