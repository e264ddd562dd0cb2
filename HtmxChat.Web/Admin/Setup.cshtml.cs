using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Admin;

[AllowAnonymous]
[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class SetupModel(SiteDirectory sites, SetUpSite setUp, SignInManager<Person> signIn) : PageModel
{
    [BindProperty]
    public string? Site { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await sites.FindAsync(ct) is null ? Page() : Redirect("/");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (SiteName.Parse(Site, out var refusal) is not { } site) return this.Refuse(nameof(Site), refusal!);
        if (PersonName.Parse(Name, out refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);

        switch (await setUp.RunAsync(site, name, Password ?? "", ct))
        {
            case null: return Redirect("/");
            case JoinOutcome.NameTaken(var why): return this.Refuse(nameof(Name), why);
            case JoinOutcome.PasswordRefused(var why): return this.Refuse(nameof(Password), why);
            case JoinOutcome.Joined(var person):
                await signIn.SignInAsync(person, isPersistent: true);
                return Redirect("/admin/invites");
            case var outcome: throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }
}
