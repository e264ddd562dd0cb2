using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class InviteModel(Invites invites) : PageModel
{
    public string Link { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken ct)
    {
        var invite = (await invites.ListAsync(ct)).LastOrDefault() ?? await invites.NewAsync(User.PersonId(), note: "", expiresAt: null, maxUses: null, ct);
        Link = $"{Request.Scheme}://{Request.Host}{invite.Path}";
    }
}
