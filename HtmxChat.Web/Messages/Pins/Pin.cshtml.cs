using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Pins;

/// <summary>Where a message is pinned, or not any more; from its menu at once.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class PinModel(RoomDirectory rooms, MessageList messages, PinMessage pin) : MessagePageModel(rooms)
{
    /// <summary>Whether it is to be pinned from now on; null where the form does not say.</summary>
    [BindProperty(Name = "pinned")]
    public bool? Pinned { get; set; }

    public bool IsPinned => Message.PinnedAt is not null;

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct) => await FindAsync(id, seq, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        if (Pinned is not { } isPinned) return Page();
        switch (isPinned ? await pin.PinAsync(Access, seq, Viewer.Id, ct) : await pin.UnpinAsync(Access, seq, ct))
        {
            case PinOutcome.Done: return Done(isPinned ? "Pinned." : "Unpinned.", BackToRoom);
            case PinOutcome.Refused(var why): return Refuse(why.Words);
            default: return NotFound();
        }
    }

    Task<bool> FindAsync(long id, long seq, CancellationToken ct) => FindAsync(id, async access => access.MayPost ? await messages.FindShownAsync(access, seq, ct) : null, ct);

    IActionResult Refuse(string why)
    {
        if (IsForPart) return Done(why, BackToRoom);

        Problem = why;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}
