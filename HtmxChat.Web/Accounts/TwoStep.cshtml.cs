using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

/// <summary>One's own second step: on, off, and recovery codes.</summary>
[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class TwoStepModel(TwoStep twoStep, Proof proof, OtherSessions others, SiteDirectory sites, UserManager<Person> people) : PageModel
{
    Person me = null!;

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Proof { get; set; }

    public TwoStepState State { get; private set; } = TwoStepState.Off;

    /// <summary>Those that were made just now.</summary>
    public IReadOnlyList<RecoveryCode> Codes { get; private set; } = [];

    /// <summary>What proves that it is the person; null for nothing.</summary>
    public string? Asks { get; private set; }

    /// <summary>The secret as apps read it: https://github.com/google/google-authenticator/wiki/Key-Uri-Format.</summary>
    public string AppAddress
    {
        get
        {
            var (site, handle) = (Uri.EscapeDataString(sites.Current.Name), Uri.EscapeDataString(me.UserName!));
            return $"otpauth://totp/{site}:{handle}?secret={State.Secret}&issuer={site}";
        }
    }

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (await proof.RefuseAsync(me, Proof, ct) is { } refusal) return this.Refuse(nameof(Proof), refusal);

        await twoStep.BeginAsync(User.PersonId(), ct);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostOnAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        (var outcome, Codes) = await twoStep.SwitchOnAsync(User.PersonId(), Code ?? "", ct);
        if (outcome != CodeOutcome.Accepted) return this.Refuse(outcome == CodeOutcome.TooLate ? nameof(Proof) : nameof(Code), outcome.Refusal());

        await others.EndAsync(me, User);
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (await proof.RefuseAsync(me, Proof, ct) is { } refusal) return this.Refuse(nameof(Proof), refusal);

        Codes = await twoStep.RenewCodesAsync(User.PersonId(), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (await proof.RefuseAsync(me, Proof, ct) is { } refusal) return this.Refuse(nameof(Proof), refusal);

        await twoStep.SwitchOffAsync(User.PersonId(), ct);
        await others.EndAsync(me, User);
        return RedirectToPage();
    }

    async Task ReadAsync(CancellationToken ct)
    {
        ModelState.Clear();
        me = (await people.GetUserAsync(User))!;
        State = await twoStep.FindAsync(User.PersonId(), ct);
        Asks = await proof.AskAsync(me, ct);
    }
}
