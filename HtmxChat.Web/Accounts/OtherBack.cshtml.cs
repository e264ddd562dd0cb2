using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Accounts;

/// <summary>Where somebody arrives who comes back from the other site.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.SignIns)]
public sealed class OtherBackModel(OtherSignInChoice choice, OtherAccounts accounts, Proof proof, UserManager<Person> people) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Proof { get; set; }

    public string SiteName => choice.Site!.Name;

    public OtherArrival Arrival { get; private set; } = new OtherArrival.Nobody();

    /// <summary>What proves that it is the person who is signed in here; null for nothing that could be typed.</summary>
    public string? Asks { get; private set; }

    string Destination => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (choice.Site is null) return NotFound();

        Arrival = await accounts.ArriveAsync(ct);
        switch (Arrival)
        {
            case OtherArrival.Nobody: return LocalRedirect("/sign-in");
            case OtherArrival.SignedIn: return LocalRedirect(Destination);
            case OtherArrival.NeedsSecondStep: return LocalRedirect($"/sign-in/code?returnUrl={Uri.EscapeDataString(Destination)}");
            case OtherArrival.MayLink: Asks = await proof.AskAsync(await FindMeAsync(), ct); break;
            case OtherArrival.MayJoin(var account): Name = PlainLine.Cut(account.Name, PersonName.MaxLength); break;
            case OtherArrival.IsNotInvited or OtherArrival.JoiningIsClosed or OtherArrival.MayNotComeIn: Response.StatusCode = StatusCodes.Status403Forbidden; break;
        }
        return Page();
    }

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken ct)
    {
        if (choice.Site is null || !User.Identity!.IsAuthenticated || await accounts.ArriveAsync(ct) is not OtherArrival.MayLink arrival) return NotFound();

        ModelState.Clear();
        var me = await FindMeAsync();
        (Arrival, Asks) = (arrival, await proof.AskAsync(me, ct));
        if (await proof.RefuseAsync(me, Proof, ct) is { } refusal) return this.Refuse(nameof(Proof), refusal);

        return await accounts.LinkAsync(ct) ? LocalRedirect("/account/other") : NotFound();
    }

    public async Task<IActionResult> OnPostJoinAsync(CancellationToken ct)
    {
        if (choice.Site is null) return NotFound();

        ModelState.Clear();
        if (PersonName.Parse(Name, out var refusal) is not { } name) return await RefuseAsync(refusal!, ct);

        return await accounts.JoinAsync(name, ct) switch
        {
            JoinOutcome.Joined => LocalRedirect(Destination),
            JoinOutcome.NameTaken(var why) => await RefuseAsync(why, ct),
            _ => NotFound(),
        };
    }

    async Task<Person> FindMeAsync() => (await people.GetUserAsync(User))!;

    async Task<IActionResult> RefuseAsync(Refusal why, CancellationToken ct)
    {
        Arrival = await accounts.ArriveAsync(ct);
        return this.Refuse(nameof(Name), why);
    }
}
