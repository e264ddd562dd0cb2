using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Scheduling;

/// <summary>Where somebody says when what they have typed is to be sent. The composer brings it here, and nothing is kept before that is said.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class SendLaterModel(RoomDirectory rooms, MessageList messages, ScheduleMessage schedule, TimeProvider time) : PageModel
{
    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    /// <summary>What makes sending this form twice harmless.</summary>
    [BindProperty(Name = "key")]
    public string? Key { get; set; }

    /// <summary>The number of the message that is answered; null or empty when none is.</summary>
    [BindProperty(Name = "reply")]
    public string? Reply { get; set; }

    /// <summary>See <see cref="DueTime.Parse"/>.</summary>
    [BindProperty(Name = "when")]
    public string? When { get; set; }

    /// <summary>What was typed as the time.</summary>
    [BindProperty(Name = "at")]
    public string? At { get; set; }

    public RoomAccess Access { get; private set; } = null!;

    public WhenForm Form { get; private set; } = null!;

    /// <summary>Why the text cannot be taken.</summary>
    public string? TextProblem { get; private set; }

    Viewer Viewer => User.Viewer();

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ? Show() : NotFound();

    /// <summary>Takes what stands in the composer, with a key of its own: whoever goes back there and sends something else sends another message.</summary>
    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        (Key, When, At) = (null, null, null);
        return Show();
    }

    public async Task<IActionResult> OnPostKeepAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        var answers = long.TryParse(Reply, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? await messages.FindShownAsync(Access, seq, ct) : null;
        switch (await schedule.AddAsync(Access, Viewer, new PostForm(Key, Text, $"{answers?.Seq}"), When, At, ct))
        {
            case ScheduleOutcome.Kept: return new SeeOther("/later/scheduled");
            case ScheduleOutcome.Refused(var why):
                TextProblem = why.Words;
                return Refuse();
            case ScheduleOutcome.NoSuchTime(var why): return Refuse(why);
            default: return NotFound();
        }
    }

    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), Viewer, ct) is not { } access) return false;

        Access = access;
        if (!access.MayPost) TextProblem = RoomWords.Of(access.Room.Writers);
        return true;
    }

    PageResult Refuse(Refusal? when = null)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Show();
        Form = Form with { Problem = when?.Words };
        return Page();
    }

    PageResult Show()
    {
        var now = time.GetUtcNow();
        Key = (ClientKey.Parse(Key) ?? ClientKey.New()).Text;
        Form = WhenForm.For(now.AddHours(1), Viewer.Zone, now, "Send then");
        if (At is not null) Form = Form with { At = At };
        return Page();
    }
}
