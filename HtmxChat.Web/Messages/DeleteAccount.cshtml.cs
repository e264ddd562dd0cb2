using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages;

[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class DeleteAccountModel(ConfirmPerson confirm, DeleteAccount delete, SignInManager<Person> signIn) : PageModel
{
    [BindProperty]
    public Writings Writings { get; set; } = Writings.Stay;

    /// <summary>The password, or the handle of somebody who has none.</summary>
    [BindProperty]
    public string? Confirmation { get; set; }

    public bool NeedsPassword { get; private set; }

    public async Task OnGetAsync() => NeedsPassword = await confirm.NeedsPasswordAsync(User.PersonId());

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var me = User.PersonId();
        NeedsPassword = await confirm.NeedsPasswordAsync(me);
        if (!Enum.IsDefined(Writings)) return BadRequest();
        if (await confirm.RefuseAsync(me, Confirmation) is { } wrong) return this.Refuse(nameof(Confirmation), wrong);
        if (await delete.RunAsync(me, Writings, ct) is { } refusal) return this.Refuse("", refusal);

        await signIn.SignOutAsync();
        return new SeeOther("/goodbye");
    }
}
