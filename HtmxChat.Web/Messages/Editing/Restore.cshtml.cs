using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Editing;

/// <summary>Takes back the deletion of a message, a few seconds long.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class RestoreModel(RoomDirectory rooms, ChangeMessage change) : PageModel
{
    [BindProperty(Name = "undo")]
    public string? Undo { get; set; }

    public RoomAccess Access { get; private set; } = null!;

    /// <summary>Who comes here by an address alone has nothing to undo any more.</summary>
    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        var isForPart = Request.IsHtmx();
        if (await change.RestoreAsync(Access, seq, User.Viewer(), Undo, ct) is ChangeOutcome.Changed(var message)) return isForPart ? Content("", "text/html") : new SeeOther(MessagePageModel.PathBackTo(message));

        return isForPart ? Partial("/Messages/Editing/_TooLate.cshtml") : Page();
    }

    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { } access) return false;

        Access = access;
        return true;
    }
}
