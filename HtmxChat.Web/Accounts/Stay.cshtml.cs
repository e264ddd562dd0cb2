using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class StayModel(Stay stay) : PageModel
{
    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await stay.MayAsync(User.PersonId(), ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (!await stay.MayAsync(User.PersonId(), ct)) return NotFound();

        return await stay.RunAsync(User.PersonId(), Password ?? "", ct) is { } refusal ? this.Refuse(nameof(Password), refusal) : Redirect("/");
    }
}
