using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class PasswordModel(ChangePassword change, Proof proof, SignInManager<Person> signIn) : PageModel
{
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? New { get; set; }

    /// <summary>Whether it has just been changed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Changed { get; set; }

    public bool HasPassword { get; private set; }

    /// <summary>What proves that it is the person, who has no password; null for nothing that could be typed.</summary>
    public string? Asks { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var me = (await signIn.UserManager.GetUserAsync(User))!;
        (HasPassword, Asks) = (me.PasswordHash is not null, await proof.AskAsync(me, ct));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OnGetAsync(ct);
        ModelState.Clear();
        Changed = null;
        switch (await change.RunAsync(User.PersonId(), User.Session(), Current ?? "", New ?? "", ct))
        {
            case PasswordOutcome.CurrentIsWrong(var why): return this.Refuse(nameof(Current), why);
            case PasswordOutcome.Refused(var why): return this.Refuse(nameof(New), why);
            case PasswordOutcome.Changed(var person):
                await signIn.RefreshSignInAsync(person);
                return LocalRedirect("/account/password?changed=yes");
            case var outcome: throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }
}
