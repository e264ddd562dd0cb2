using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

/// <summary>Where a link for the phone leads. Opening it does nothing, so that whatever looks at links beforehand does not use it up.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.SignIns)]
public sealed class PhoneSignInModel(PhoneLinks links, SiteDirectory sites, SignInManager<Person> signIn, AuditTrail audit) : PageModel
{
    /// <summary>Whom it signs in; null when it is none, or no longer good.</summary>
    public Person? Person { get; private set; }

    public bool IsMe => User.Identity!.IsAuthenticated && Person!.Id == User.PersonId().Value;

    public string SiteName => sites.Current.Name;

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        Person = await FindAsync(await links.FindPersonAsync(token, ct));
        return Person is null ? NotGood() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        // The session that is here would go on under another name.
        if (User.Identity!.IsAuthenticated) return RedirectToPage(new { token });
        if (await FindAsync(await links.UseAsync(token, ct)) is not { } person) return NotGood();

        await signIn.SignInAsync(person, isPersistent: true, authenticationMethod: Proof.ByPhoneLink);
        return LocalRedirect("/");
    }

    public async Task<IActionResult> OnPostSignOutAsync(string token)
    {
        if (User.Identity!.IsAuthenticated) await audit.AddAsync(new AuditAct(AuditKind.SignedOut, User.PersonId()), CancellationToken.None);
        await signIn.SignOutAsync();
        return RedirectToPage(new { token });
    }

    async Task<Person?> FindAsync(PersonId? person) => person is null ? null : await signIn.UserManager.FindByIdAsync(person.Value.ToString());

    PageResult NotGood()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
