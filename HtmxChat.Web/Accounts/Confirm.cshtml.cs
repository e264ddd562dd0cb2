using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

/// <summary>Where the link in a letter leads. Nobody has to be signed in: the letter may be read on another device.</summary>
[AllowAnonymous]
[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class ConfirmModel(ChangeAddress addresses) : PageModel
{
    // Stands where the secret stood; no secret is so short.
    const string Done = "done";

    /// <summary>Null when it is good no more.</summary>
    public AccountLink? Link { get; private set; }

    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        this.SendNoReferrer();
        IsDone = token == Done;
        if (IsDone) return Page();

        Link = await addresses.FindLinkAsync(token, ct);
        return Link is null ? this.Gone() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        this.SendNoReferrer();
        return await addresses.ConfirmAsync(token, ct) ? LocalRedirect($"/confirm/{Done}") : this.Gone();
    }
}
