using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Messages.Reminders;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Scheduling;

/// <summary>What somebody has written to be sent later, and what could not be sent when it was due.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class LaterScheduledModel(RoomDirectory rooms, LaterOverview overview, ScheduledMessages scheduled, PostScheduled post, DueWatch watch) : LaterPageModel(rooms, overview)
{
    /// <summary>What people read who come too late to change something.</summary>
    public const string IsBeingSent = "That message is not there any more, or it is being sent just now.";

    /// <summary>The message that is to be sent now.</summary>
    [BindProperty(Name = "send")]
    public long? Send { get; set; }

    /// <summary>The message that is not to be sent at all.</summary>
    [BindProperty(Name = "delete")]
    public long? Delete { get; set; }

    public IReadOnlyList<ScheduledMessage> Scheduled { get; private set; } = [];

    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await CountAsync(ct);
        Scheduled = await scheduled.ListAsync(Viewer.Id, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var isDone = Send is { } send ? await SendAsync(send, ct) : Delete is { } delete && await scheduled.RemoveAsync(Viewer.Id, delete, ct);
        watch.HasChanged(Viewer.Id);
        if (isDone) return new SeeOther("/later/scheduled");

        Problem = IsBeingSent;
        Response.StatusCode = StatusCodes.Status409Conflict;
        await OnGetAsync(ct);
        return Page();
    }

    // What cannot be sent stays in the list, which says why.
    async Task<bool> SendAsync(long id, CancellationToken ct)
    {
        if (!await scheduled.HastenAsync(Viewer.Id, id, ct)) return false;

        if (await scheduled.FindAsync(Viewer.Id, id, ct) is { } item) await post.RunAsync(item, ct);
        return true;
    }
}
