using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Messages.Reminders;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Scheduling;

/// <summary>Where a message that waits to be sent is given another text or another time.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class LaterChangeModel(RoomDirectory rooms, LaterOverview overview, ScheduledMessages scheduled, ScheduleMessage schedule, DueWatch watch, TimeProvider time) : LaterPageModel(rooms, overview)
{
    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    /// <summary>See <see cref="DueTime.Parse"/>.</summary>
    [BindProperty(Name = "when")]
    public string? When { get; set; }

    /// <summary>What was typed as the time.</summary>
    [BindProperty(Name = "at")]
    public string? At { get; set; }

    public ScheduledMessage Item { get; private set; } = null!;

    public WhenForm Form { get; private set; } = null!;

    /// <summary>Why the text cannot be taken.</summary>
    public string? TextProblem { get; private set; }

    public async Task<IActionResult> OnGetAsync(long item, CancellationToken ct)
    {
        if (!await FindAsync(item, ct)) return NotFound();

        TextProblem = Item.Problem;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long item, CancellationToken ct)
    {
        if (!await FindAsync(item, ct)) return NotFound();

        switch (await schedule.ChangeAsync(Viewer, item, Text, When, At, ct))
        {
            case ScheduleOutcome.Kept:
                watch.HasChanged(Viewer.Id);
                return new SeeOther("/later/scheduled");
            case ScheduleOutcome.Refused(var why): TextProblem = why.Words; break;
            case ScheduleOutcome.NoSuchTime(var why): Form = Form with { Problem = why.Words }; break;
            default: TextProblem = LaterScheduledModel.IsBeingSent; break;
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task<bool> FindAsync(long item, CancellationToken ct)
    {
        if (await scheduled.FindAsync(Viewer.Id, item, ct) is not { } found) return false;

        await CountAsync(ct);
        (Item, Text) = (found, Text ?? found.Text);
        Form = WhenForm.For(found.DueAt, Viewer.Zone, time.GetUtcNow(), "Save");
        if (At is not null) Form = Form with { At = At };
        return true;
    }
}
