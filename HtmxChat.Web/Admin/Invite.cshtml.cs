using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class InviteModel(Invites invites) : PageModel
{
    /// <summary>Null when there is none.</summary>
    public string? Link { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        if ((await invites.ListAsync(ct)).LastOrDefault() is { } invite) Link = $"{Request.Scheme}://{Request.Host}{invite.Path}";
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await invites.NewAsync(User.PersonId(), note: "", expiresAt: null, maxUses: null, ct);
        return LocalRedirect("/invite");
    }
}
