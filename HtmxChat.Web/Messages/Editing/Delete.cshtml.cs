using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Editing;

/// <summary>Where a message is deleted, after being asked once; from its menu at once, because it can be undone for a few seconds.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class DeleteModel(RoomDirectory rooms, ChangeMessage change) : MessagePageModel(rooms)
{
    /// <summary>By which the deletion can be undone; null as long as it is not deleted.</summary>
    public string? Undo { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct) =>
        await FindAsync(id, access => change.FindDeletableAsync(access, seq, Viewer, ct), ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, access => change.FindDeletableAsync(access, seq, Viewer, ct), ct)) return NotFound();
        if (await change.DeleteAsync(Access, seq, Viewer, ct) is not ChangeOutcome.Deleted(var undo)) return NotFound();

        // Not to be found in an address, which browsers remember: so this page is the answer itself, also without script.
        Undo = undo;
        return IsForPart ? Part("/Messages/Editing/_Deleted.cshtml", this) : Page();
    }
}
