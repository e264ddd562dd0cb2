using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class StayModel(Stay stay, Proof proof, UserManager<Person> people) : PageModel
{
    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Proof { get; set; }

    /// <summary>What proves that it is the person; null for nothing that could be typed.</summary>
    public string? Asks { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Asks = await proof.AskAsync(await FindMeAsync(), ct);
        return await stay.MayAsync(User.PersonId(), ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (!await stay.MayAsync(User.PersonId(), ct)) return NotFound();

        var me = await FindMeAsync();
        Asks = await proof.AskAsync(me, ct);
        if (await proof.RefuseAsync(me, Proof, ct) is { } wrong) return this.Refuse(nameof(Proof), wrong);

        return await stay.RunAsync(User.PersonId(), Password ?? "", ct) is { } refusal ? this.Refuse(nameof(Password), refusal) : Redirect("/");
    }

    async Task<Person> FindMeAsync() => (await people.GetUserAsync(User))!;
}
