using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
namespace HtmxChat.Web.Messages.Moderation;

/// <summary>Where whoever may read a message tells the administrators of it.</summary>
[EnableRateLimiting(Limits.Reports)]
public sealed class ReportMessageModel(RoomDirectory rooms, Reports reports) : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    public Message Message { get; private set; } = null!;

    public bool HasReported { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        HasReported = await reports.HasReportedAsync(Message, User.PersonId(), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        ModelState.Clear();
        if (Moderation.Reason.Parse(Reason, out var refusal) is not { } reason) return this.Refuse(nameof(Reason), refusal!);

        await reports.AddAsync(Message, User.PersonId(), reason, ct);
        return new SeeOther($"/rooms/{id}/messages/{seq}/report");
    }

    async Task<bool> FindAsync(long id, long seq, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { } access || await reports.FindAsync(access, seq, ct) is not { } message) return false;

        Message = message;
        return true;
    }
}
