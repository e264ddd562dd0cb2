using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[AllowAnonymous]
[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class SignInModel(SignInManager<Person> signIn, IPasswordHasher<Person> hasher, SiteDirectory sites, AuditTrail audit) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Whether people may come in by name alone.</summary>
    public bool IsOpen => sites.Current.Joining == Joining.Open;

    string Destination => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public IActionResult OnGet() => User.Identity!.IsAuthenticated ? LocalRedirect(Destination) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var password = Password is { Length: <= PasswordRule.MaxLength } given ? given : "";
        var named = await FindAsync(PlainLine.Clean(Name));
        var person = named is { Standing: Standing.Active } ? named : null;
        if (person is null) hasher.HashPassword(new Person { DisplayName = "" }, password); // as slow as a wrong password, so that names cannot be tried out

        var result = person is null
            ? Microsoft.AspNetCore.Identity.SignInResult.Failed
            : await signIn.PasswordSignInAsync(person, password, isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded) return LocalRedirect(Destination);
        if (result.RequiresTwoFactor) return RedirectToPage("SignInCode", new { ReturnUrl });

        // What was typed as a name may have been a password, so it is kept only as far as it names somebody.
        await audit.AddAsync(new AuditAct(AuditKind.SignInFailed, By: null, Person: named is null ? null : new PersonId(named.Id)), ct);
        ModelState.Clear();
        return this.Refuse("", new(result.IsLockedOut
            ? "Too many wrong passwords for this name. Please try again in five minutes."
            : "Name and password do not match."));
    }

    // A name that nobody has changed into another handle is one as well.
    async Task<Person?> FindAsync(string name) =>
        name.TrimStart('@').Contains('@', StringComparison.Ordinal)
            ? await signIn.UserManager.FindByEmailAsync(name)
            : await signIn.UserManager.FindByNameAsync(Handle.From(name).Text) ?? await signIn.UserManager.FindByNameAsync(name);
}
