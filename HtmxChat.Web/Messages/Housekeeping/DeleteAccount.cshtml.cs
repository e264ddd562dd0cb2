using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Housekeeping;

[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class DeleteAccountModel(Proof proof, DeleteAccount delete, SignInManager<Person> signIn) : PageModel
{
    [BindProperty]
    public Writings Writings { get; set; } = Writings.Stay;

    /// <summary>What <see cref="Asks"/> asks for, else the handle.</summary>
    [BindProperty]
    public string? Confirmation { get; set; }

    /// <summary>What proves that it is the person; null for nothing that could be typed.</summary>
    public string? Asks { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => Asks = await proof.AskAsync(await FindMeAsync(), ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var me = await FindMeAsync();
        Asks = await proof.AskAsync(me, ct);
        if (!Enum.IsDefined(Writings)) return BadRequest();
        if (await proof.RefuseForGoodAsync(me, Confirmation, ct) is { } wrong) return this.Refuse(nameof(Confirmation), wrong);
        if (await delete.RunAsync(User.PersonId(), Writings, ct) is { } refusal) return this.Refuse("", refusal);

        await signIn.SignOutAsync();
        return new SeeOther("/goodbye");
    }

    async Task<Person> FindMeAsync() => (await signIn.UserManager.GetUserAsync(User))!;
}
