using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages.Reminders;

/// <summary>What somebody is to be reminded of, and what they have been.</summary>
public sealed class LaterRemindersModel(RoomDirectory rooms, LaterOverview overview, ReminderStore reminders, DueList due, DueWatch watch) : LaterPageModel(rooms, overview)
{
    /// <summary>The reminder that is not needed any more.</summary>
    [BindProperty(Name = "done")]
    public long Done { get; set; }

    public IReadOnlyList<Reminder> Reminders { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await CountAsync(ct);
        Reminders = await reminders.ListAsync(Viewer.Id, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await reminders.RemoveAsync(Viewer.Id, Done, ct);
        watch.HasChanged(Viewer.Id);
        return IsForPart ? Partial("/Messages/Reminders/_Due.cshtml", await due.OfAsync(Viewer.Id, ct)) : new SeeOther("/later/reminders");
    }
}
