using Htmx;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Reading;

/// <summary>Where somebody keeps a message and all that came after it unread: from its menu at once, else after being asked.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class KeepUnreadModel(RoomDirectory rooms, MessageList messages, Unread unread) : MessagePageModel(rooms)
{
    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct) => await FindAsync(id, seq, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        await unread.KeepAsync(Viewer.Id, Access.Room.Id, seq, ct);

        // Not to the room, where it would be read at once.
        if (!IsForPart) return new SeeOther("/rooms");

        Response.Htmx(h => h.WithTrigger("chat:kept", new { read = seq - 1 }));
        return Content("<p role=\"status\">Unread from there on, until you come back to this room.</p>", "text/html");
    }

    Task<bool> FindAsync(long id, long seq, CancellationToken ct) => FindAsync(id, access => messages.FindShownAsync(access, seq, ct), ct);
}
