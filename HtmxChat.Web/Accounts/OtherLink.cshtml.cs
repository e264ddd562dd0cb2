using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>Whether a person's account is linked with one at the other site.</summary>
public sealed class OtherLinkModel(OtherSignInChoice choice, OtherAccounts accounts) : PageModel
{
    public string SiteName => choice.Site!.Name;

    /// <summary>What the account is called over there; null when none is linked.</summary>
    public string? Linked { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (choice.Site is null) return NotFound();

        Linked = await accounts.FindNameAsync(User.PersonId(), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (choice.Site is null) return NotFound();
        if (await accounts.UnlinkAsync(User.PersonId(), ct)) return LocalRedirect("/account/other");

        await OnGetAsync(ct);
        return Linked is null ? LocalRedirect("/account/other") : this.Refuse("", new("Set a password first, so that you can sign in without it."));
    }
}
