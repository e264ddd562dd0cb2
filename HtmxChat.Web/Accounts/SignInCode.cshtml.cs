using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIns)]
public sealed class SignInCodeModel(SecondStep second) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public bool Remember { get; set; }

    public async Task<IActionResult> OnGetAsync() => await second.IsExpectedAsync() ? Page() : StartAgain();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        // The session that is here would go on under another name.
        if (User.Identity!.IsAuthenticated) return LocalRedirect("/");
        if (!await second.IsExpectedAsync()) return StartAgain();

        var outcome = await (Remember ? second.RunAndRememberAsync(Code, ct) : second.RunAsync(Code, ct));
        if (outcome == CodeOutcome.Accepted) return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");

        ModelState.Clear();
        return this.Refuse(nameof(Code), outcome.Refusal());
    }

    RedirectToPageResult StartAgain() => RedirectToPage("SignIn", new { ReturnUrl });
}
