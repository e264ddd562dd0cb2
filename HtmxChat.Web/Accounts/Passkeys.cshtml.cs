using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

/// <summary>One's own passkeys.</summary>
[EnableRateLimiting(AccountsRegistration.PasswordForms)]
public sealed class PasskeysModel(Passkeys passkeys, PasskeyDoor door, Proof proof, UserManager<Person> people) : PageModel
{
    Person me = null!;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Proof { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public long Id { get; set; }

    [BindProperty]
    public string? NewName { get; set; }

    /// <summary>The number of the one that the person may want to remove.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Remove { get; set; }

    public IReadOnlyList<Passkey> Mine { get; private set; } = [];

    /// <summary>Which one the page asks about before it is removed; null for none.</summary>
    public Passkey? Removing { get; private set; }

    /// <summary>What proves that it is the person; null for nothing.</summary>
    public string? Asks { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        Removing = Mine.SingleOrDefault(p => p.Id == Remove);
    }

    /// <summary>What the script asks for before it has the browser make one. The proof is asked for here: what is made of it is good for this person and five minutes alone.</summary>
    public async Task<IActionResult> OnPostOptionsAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (PasskeyName.Parse(Name, out var refusal) is null) return this.Refuse(nameof(Name), refusal!);
        if ((refusal = await proof.RefuseAsync(me, Proof, ct)) is not null) return this.Refuse(nameof(Proof), refusal);

        return Content(await door.OfferAsync(me), "application/json");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (PasskeyName.Parse(Name, out var refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);
        return await door.AddAsync(me, name, Credential ?? "", ct) is { } refused ? this.Refuse("", refused) : RedirectToPage();
    }

    public async Task<IActionResult> OnPostRenameAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (PasskeyName.Parse(NewName, out var refusal) is not { } name) return this.Refuse("", refusal!);
        return await passkeys.RenameAsync(User.PersonId(), Id, name, ct) ? RedirectToPage() : NotFound();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (Mine.SingleOrDefault(p => p.Id == Id) is not { } passkey) return NotFound();
        if (await proof.RefuseAsync(me, Proof, ct) is { } refusal)
        {
            Removing = passkey;
            return this.Refuse(nameof(Proof), refusal);
        }

        return await passkeys.RemoveAsync(User.PersonId(), Id, ct) switch
        {
            PasskeyRemoval.None => NotFound(),
            PasskeyRemoval.LastWayIn => this.Refuse("", new("You could not sign in any more: set a password first, or add another passkey.")),
            _ => RedirectToPage(),
        };
    }

    async Task ReadAsync(CancellationToken ct)
    {
        ModelState.Clear();
        me = (await people.GetUserAsync(User))!;
        Mine = await passkeys.ListAsync(User.PersonId(), ct);
        Asks = await proof.AskAsync(me, ct);
    }
}
