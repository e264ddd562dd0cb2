using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>Where a person reads that an administrator has made a link for a new password.</summary>
public sealed class LinkMadeModel(LinkNotice notice) : PageModel
{
    public DateTimeOffset? At { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => At = await notice.FindAsync(User.PersonId(), ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await notice.ReadAsync(User.PersonId(), ct);
        return new SeeOther("/");
    }
}
