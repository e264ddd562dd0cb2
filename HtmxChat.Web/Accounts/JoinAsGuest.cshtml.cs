using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

/// <summary>Joining by name alone, where the site is open to everybody with its address.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Guests)]
public sealed class JoinAsGuestModel(SiteDirectory sites, Join join, SignInManager<Person> signIn) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    public string SiteName => sites.Current.Name;

    string Destination => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public IActionResult OnGet()
    {
        if (sites.Current.Joining != Joining.Open) return NotFound();
        return User.Identity!.IsAuthenticated ? LocalRedirect(Destination) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (sites.Current.Joining != Joining.Open) return NotFound();

        // The session that is here would go on under another name.
        if (User.Identity!.IsAuthenticated) return LocalRedirect("/");

        if (PersonName.Parse(Name, out var refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);

        switch (await join.AsGuestAsync(name, ct))
        {
            case JoinOutcome.NameTaken(var why): return this.Refuse(nameof(Name), why);
            case JoinOutcome.Joined(var person):
                await signIn.SignInAsync(person, isPersistent: true);
                return LocalRedirect(Destination);
            default: return NotFound();
        }
    }
}
