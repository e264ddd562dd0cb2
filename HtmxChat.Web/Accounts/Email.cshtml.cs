using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class EmailModel(ChangeAddress addresses) : PageModel
{
    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Whether a link has just been sent.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sent { get; set; }

    /// <summary>The address that the person has; null for none.</summary>
    public string? Known { get; private set; }

    /// <summary>What proves that it is the person; null for nothing that could be typed.</summary>
    public string? Asks { get; private set; }

    public bool IsPossible => addresses.IsPossible;

    public async Task OnGetAsync(CancellationToken ct) =>
        (Known, Asks) = (await addresses.FindAsync(User.PersonId(), ct), await addresses.AskForProofAsync(User.PersonId(), ct));

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await BeginAsync(ct);
        if (!IsPossible) return Page();
        if (EmailAddress.Parse(Address, out var refusal) is not { } address) return this.Refuse(nameof(Address), refusal!);
        if (await addresses.AskAsync(User.PersonId(), Password ?? "", address, ct) is { } refused) return Refuse(refused);

        return LocalRedirect("/account/email?sent=yes");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        await BeginAsync(ct);
        return await addresses.RemoveAsync(User.PersonId(), Password ?? "", ct) is { } refused ? Refuse(refused) : LocalRedirect("/account/email");
    }

    Task BeginAsync(CancellationToken ct)
    {
        ModelState.Clear();
        Sent = null;
        return OnGetAsync(ct);
    }

    PageResult Refuse(AddressRefusal refused) => this.Refuse(refused.Field == nameof(Password) ? nameof(Password) : nameof(Address), refused.Why);
}
