using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages.Reminders;

/// <summary>Where somebody says when they want to be reminded of a message: a page of its own, or in the message's menu.</summary>
public sealed class RemindModel(RoomDirectory rooms, MessageList messages, ReminderStore reminders, DueWatch watch, TimeProvider time) : MessagePageModel(rooms)
{
    /// <summary>See <see cref="DueTime.Parse"/>.</summary>
    [BindProperty(Name = "when")]
    public string? When { get; set; }

    /// <summary>What was typed as the time.</summary>
    [BindProperty(Name = "at")]
    public string? At { get; set; }

    public WhenForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct) => await FindAsync(id, seq, ct) ? Show(problem: null) : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();
        if (DueTime.Parse(When, At, Viewer.Zone, time.GetUtcNow(), out var refusal) is not { } dueAt) return Show(refusal);
        if (await reminders.SetAsync(Viewer.Id, Message, dueAt, ct) is { } tooMany) return Show(tooMany);

        watch.HasChanged(Viewer.Id);
        return Done($"You will be reminded on {Viewer.Zone.Show(dueAt)}.", "/later/reminders");
    }

    Task<bool> FindAsync(long id, long seq, CancellationToken ct) => FindAsync(id, access => messages.FindShownAsync(access, seq, ct), ct);

    // htmx is told not to show what comes with an error, so that an error page never stands inside the room.
    IActionResult Show(Refusal? problem)
    {
        var now = time.GetUtcNow();
        Form = WhenForm.For(now.AddHours(1), Viewer.Zone, now, "Remind me") with { Problem = (problem?.Words ?? FormProblem.Of(HttpContext)?.Words) };
        if (At is not null) Form = Form with { At = At };
        if (problem is not null && !IsForPart) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return IsForPart ? Part("/Messages/Reminders/_Remind.cshtml", this) : Page();
    }
}
