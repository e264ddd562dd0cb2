using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

/// <summary>Whether a person's account is linked with one at the other site.</summary>
[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class OtherLinkModel(OtherSignInChoice choice, OtherAccounts accounts, Proof proof, UserManager<Person> people) : PageModel
{
    Person me = null!;

    [BindProperty]
    public string? Proof { get; set; }

    public string SiteName => choice.Site!.Name;

    /// <summary>What the account is called over there; null when none is linked.</summary>
    public string? Linked { get; private set; }

    /// <summary>What proves that it is the person; null for nothing that could be typed.</summary>
    public string? Asks { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (choice.Site is null) return NotFound();

        me = (await people.GetUserAsync(User))!;
        (Linked, Asks) = (await accounts.FindNameAsync(User.PersonId(), ct), await proof.AskAsync(me, ct));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (choice.Site is null) return NotFound();

        ModelState.Clear();
        await OnGetAsync(ct);
        if (await proof.RefuseAsync(me, Proof, ct) is { } refusal) return this.Refuse(nameof(Proof), refusal);
        if (await accounts.UnlinkAsync(User.PersonId(), ct)) return LocalRedirect("/account/other");

        return Linked is null ? LocalRedirect("/account/other") : this.Refuse("", new("Set a password first, so that you can sign in without it."));
    }
}
