using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
[EnableRateLimiting(Limits.Invites)]
public sealed class InvitesModel(Invites invites, SiteDirectory sites) : PageModel
{
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>0 never expires.</summary>
    [BindProperty]
    public string? Days { get; set; }

    /// <summary>Empty for as many as like.</summary>
    [BindProperty]
    public string? Uses { get; set; }

    public IReadOnlyList<Invite> Good { get; private set; } = [];

    public bool IsClosed => sites.Current.Joining == Joining.Closed;

    public string LinkTo(Invite invite) => $"{Request.Scheme}://{Request.Host}{invite.Path}";

    public async Task OnGetAsync(CancellationToken ct) => Good = await invites.ListAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (InviteTerms.Parse(Note, Days, Uses, out var noteRefusal, out var daysRefusal, out var usesRefusal) is not { } terms)
        {
            Good = await invites.ListAsync(ct);
            return noteRefusal is not null ? this.Refuse(nameof(Note), noteRefusal) : daysRefusal is not null ? this.Refuse(nameof(Days), daysRefusal) : this.Refuse(nameof(Uses), usesRefusal!);
        }
        await invites.NewAsync(User.PersonId(), terms, ct);
        return new SeeOther("/admin/invites");
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id, CancellationToken ct)
    {
        await invites.RevokeAsync(User.PersonId(), id, ct);
        return new SeeOther("/admin/invites");
    }
}
