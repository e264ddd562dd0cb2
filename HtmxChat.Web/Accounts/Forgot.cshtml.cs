using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.Resets)]
public sealed class ForgotModel(ForgottenPasswords forgotten) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Whether somebody has just asked.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sent { get; set; }

    public bool CanSend => forgotten.CanSend;

    public void OnGet()
    {
    }

    public IActionResult OnPost()
    {
        if (!CanSend) return Page();

        forgotten.Ask(Name ?? "");
        return LocalRedirect("/forgot?sent=yes");
    }
}
