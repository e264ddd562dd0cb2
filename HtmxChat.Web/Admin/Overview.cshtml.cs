using HtmxChat.Web.Messages.Moderation;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class OverviewModel(Reports reports) : PageModel
{
    public long OpenReports { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => OpenReports = await reports.CountOpenAsync(ct);
}
