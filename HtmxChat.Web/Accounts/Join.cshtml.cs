using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIns)]
public sealed class JoinModel(SiteDirectory sites, Invites invites, Join join, SignInManager<Person> signIn, OtherSignInChoice other) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The site that people can join and sign in by; null for none.</summary>
    public string? OtherSite => other.Site?.Name;

    /// <summary>Whether anybody can join by the link.</summary>
    public bool IsGood { get; private set; } = true;

    public string SiteName => sites.Current.Name;

    public async Task<IActionResult> OnGetAsync(string invite, CancellationToken ct)
    {
        if (await invites.FindAsync(invite, ct) is null) return NotGood();
        return User.Identity!.IsAuthenticated ? LocalRedirect("/") : Page();
    }

    public async Task<IActionResult> OnPostAsync(string invite, CancellationToken ct)
    {
        if (await invites.FindAsync(invite, ct) is not { } found) return NotGood();

        // The session that is here would go on under another name.
        if (User.Identity!.IsAuthenticated) return LocalRedirect("/");

        ModelState.Clear();
        if (PersonName.Parse(Name, out var refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);

        switch (await join.RunAsync(name, Password ?? "", found, ct))
        {
            case JoinOutcome.InviteUsedUp: return NotGood();
            case JoinOutcome.NameTaken(var why): return this.Refuse(nameof(Name), why);
            case JoinOutcome.PasswordRefused(var why): return this.Refuse(nameof(Password), why);
            case JoinOutcome.Joined(var person):
                await signIn.SignInAsync(person, isPersistent: true);
                return LocalRedirect("/");
            case var outcome: throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }

    // The same for one that never was: what links there are is not for strangers.
    PageResult NotGood()
    {
        IsGood = false;
        return this.Gone();
    }
}
