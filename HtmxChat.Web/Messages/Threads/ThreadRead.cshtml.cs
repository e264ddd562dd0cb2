using HtmxChat.Web.Rooms;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages.Threads;

/// <summary>Where a thread that is open beside the room says how far it was read.</summary>
public sealed class ThreadReadModel(RoomDirectory rooms, MessageList messages, ThreadFollowers followers) : MessagePageModel(rooms)
{
    /// <summary>The newest message that was shown.</summary>
    [BindProperty(Name = "upto")]
    public long UpTo { get; set; }

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, access => messages.FindPlaceAsync(access, seq, ct), ct)) return NotFound();

        await followers.HasReadAsync(Message, Viewer.Id, UpTo, ct);
        return new NoContentResult();
    }
}
