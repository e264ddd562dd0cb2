using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Threads;

/// <summary>Where somebody follows a thread, or not any more; and where an open thread says that it was read.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class ThreadFollowModel(RoomDirectory rooms, MessageList messages, ThreadFollowers followers) : MessagePageModel(rooms)
{
    /// <summary>Whether it is to be followed from now on; null where the form does not say.</summary>
    [BindProperty(Name = "following")]
    public bool? Following { get; set; }

    public bool IsFollowing { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct) => await FindAsync(id, seq, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        if (Following is not { } isFollowing) return Page();
        await followers.FollowAsync(Message, Viewer.Id, isFollowing ? ThreadInterest.Follows : ThreadInterest.None, ct);
        return IsForPart ? Partial("/Messages/Threads/_Following.cshtml", new ThreadFollowing(Message, isFollowing)) : new SeeOther(ThreadModel.PathOf(Message));
    }

    async Task<bool> FindAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, async access => await messages.FindPlaceAsync(access, seq, ct) is { Thread.Of: null } root ? root : null, ct)) return false;

        IsFollowing = await followers.IsFollowingAsync(Message, Viewer.Id, ct);
        return true;
    }
}
