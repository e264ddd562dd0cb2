using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIns)]
public sealed class SignInPasskeyModel(PasskeyDoor door) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    string Destination => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public IActionResult OnGet() => User.Identity!.IsAuthenticated ? LocalRedirect(Destination) : Page();

    /// <summary>What the script asks for before it has the browser find a passkey.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() => Content(await door.ChallengeAsync(), "application/json");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        // The session that is here would go on under another name.
        if (User.Identity!.IsAuthenticated) return LocalRedirect(Destination);
        if (await door.TrySignInAsync(Credential ?? "", ct)) return LocalRedirect(Destination);

        ModelState.Clear();
        return this.Refuse("", new("That passkey signs nobody in here. Try another, or your password."));
    }
}
