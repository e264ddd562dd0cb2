using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

/// <summary>Where a link leads by which somebody who has forgotten the password chooses another one.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Resets)]
public sealed class ResetModel(ResetLinks resets) : PageModel
{
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Null when it is good no more.</summary>
    public AccountLink? Link { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        this.SendNoReferrer();
        Link = await resets.FindAsync(token, ct);
        return Link is null ? this.Gone() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        this.SendNoReferrer();
        ModelState.Clear();
        switch (await resets.UseAsync(token, Password ?? "", ct))
        {
            case PasswordOutcome.LinkIsGone: return this.Gone();
            case PasswordOutcome.Changed: return LocalRedirect("/sign-in?changed=yes");
            case PasswordOutcome.Refused(var why):
                Link = await resets.FindAsync(token, ct);
                return this.Refuse(nameof(Password), why);
            case var outcome: throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }
}
