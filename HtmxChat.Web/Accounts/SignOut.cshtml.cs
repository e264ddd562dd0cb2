using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

public sealed class SignOutModel(SignInManager<Person> signIn, AuditTrail audit) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await audit.AddAsync(new AuditAct(AuditKind.SignedOut, User.PersonId()), ct);
        await signIn.SignOutAsync();
        return LocalRedirect("/sign-in");
    }
}
