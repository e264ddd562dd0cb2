using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>Where the author of a message takes its preview away, and an administrator.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class RemovePreviewModel(RoomDirectory rooms, ChangeMessage change, ShowPreviews previews) : MessagePageModel(rooms)
{
    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct) => await FindAsync(id, seq, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        await previews.RemoveAsync(Access, seq, ct);
        return IsForPart ? new NoContentResult() : new SeeOther(BackToRoom);
    }

    Task<bool> FindAsync(long id, long seq, CancellationToken ct) =>
        FindAsync(id, async access => await change.FindDeletableAsync(access, seq, Viewer, ct) is { Preview: not null } message ? message : null, ct);
}
