using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIns)]
public sealed class SignInModel(SignInManager<Person> signIn, SignInNames names, PasswordHashing hashing, OtherSignInChoice other, SiteDirectory sites, AuditTrail audit) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Whether people may come in by name alone.</summary>
    public bool IsOpen => sites.Current.Joining == Joining.Open;

    /// <summary>Whether a new password has just been chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Changed { get; set; }

    /// <summary>What came of signing in by another site, when nothing did.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Other { get; set; }

    /// <summary>The site that people can sign in by; null for none.</summary>
    public string? OtherSite => other.Site?.Name;

    string Destination => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public IActionResult OnGet() => User.Identity!.IsAuthenticated ? LocalRedirect(Destination) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        // The session that is here would go on under another name.
        if (User.Identity!.IsAuthenticated) return LocalRedirect(Destination);
        var person = await names.FindAsync(Name);
        if (person is null) await hashing.CheckAsync(person, Password ?? "", ct); // as slow as a wrong password, so that names cannot be tried out

        var result = person is null
            ? Microsoft.AspNetCore.Identity.SignInResult.Failed
            : await signIn.PasswordSignInAsync(person, Password ?? "", isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded) return LocalRedirect(Destination);
        if (result.RequiresTwoFactor) return RedirectToPage("SignInCode", new { ReturnUrl });

        // What was typed as a name may have been a password, so it is kept only as far as it names somebody.
        await audit.AddFailedSignInAsync(person is null ? null : new PersonId(person.Id), CancellationToken.None);

        // The same for every reason: nobody is to learn here who has an account, and how it stands with it.
        ModelState.Clear();
        return this.Refuse("", new("Name and password do not match. After ten wrong passwords a name has to wait for five minutes."));
    }
}
