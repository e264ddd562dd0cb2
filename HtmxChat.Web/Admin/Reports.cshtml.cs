using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Moderation;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class ReportsModel(Reports reports) : PageModel
{
    static readonly Refusal HandledAlready = new("Somebody else has seen to that message already.");

    public IReadOnlyList<ReportedMessage> Open { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Open = await reports.ListOpenAsync(ct);

    public async Task<IActionResult> OnPostRemoveAsync(long room, long seq, string? reason, CancellationToken ct)
    {
        ModelState.Clear();
        if (Reason.Parse(reason, out var refusal) is not { } why) return await RefuseAsync(refusal!, ct);

        return await reports.RemoveAsync(User.PersonId(), new RoomId(room), seq, why, ct) ? new SeeOther("/admin/reports") : await RefuseAsync(HandledAlready, ct);
    }

    public async Task<IActionResult> OnPostDismissAsync(long room, long seq, CancellationToken ct)
    {
        ModelState.Clear();
        return await reports.DismissAsync(User.PersonId(), new RoomId(room), seq, ct) ? new SeeOther("/admin/reports") : await RefuseAsync(HandledAlready, ct);
    }

    async Task<PageResult> RefuseAsync(Refusal why, CancellationToken ct)
    {
        Open = await reports.ListOpenAsync(ct);
        return this.Refuse("", why);
    }
}
