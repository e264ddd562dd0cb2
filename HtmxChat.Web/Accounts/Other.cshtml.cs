using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>Sends somebody to the other site. A link and no form: no form here may lead to another site.</summary>
[AllowAnonymous]
public sealed class OtherModel(OtherSignInChoice choice, OtherAccounts accounts) : PageModel
{
    /// <param name="invite">The code of an invite link, for somebody who wants to join.</param>
    public async Task<IActionResult> OnGetAsync(string? returnUrl, string? invite)
    {
        if (choice.Site is null) return NotFound();

        var back = Url.Page("OtherBack", new { returnUrl })!;
        return await accounts.TryLeaveAsync(back, invite) ? new EmptyResult() : LocalRedirect("/sign-in?other=failed");
    }
}
