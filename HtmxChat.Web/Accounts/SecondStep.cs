using System.Security.Claims;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>Finishes a sign-in whose password was right, with a code. Who it is stands in a cookie that is good for five minutes.</summary>
public sealed class SecondStep(SignInManager<Person> signIn, TwoStep twoStep)
{
    const string StampClaim = "stamp";

    static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>Whether this browser has given a right password a moment ago.</summary>
    public async Task<bool> IsExpectedAsync() => await FindAsync() is not null;

    /// <summary>Signs in with a code of the app or a recovery code.</summary>
    public async Task<CodeOutcome> RunAsync(string? code, CancellationToken ct)
    {
        if (await FindAsync() is not { } person) return CodeOutcome.Wrong;

        var outcome = await twoStep.TryAsync(new PersonId(person.Id), code, ct);
        if (outcome != CodeOutcome.Accepted) return outcome;

        await signIn.Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await signIn.Context.SignOutAsync(IdentityConstants.ExternalScheme);
        await signIn.SignInAsync(person, isPersistent: true);
        return outcome;
    }

    /// <summary>As <see cref="RunAsync"/>, and in this browser the password alone is enough from then on, for 30 days or until two-step sign-in is switched off.</summary>
    public async Task<CodeOutcome> RunAndRememberAsync(string? code, CancellationToken ct)
    {
        var person = await FindAsync();
        var outcome = await RunAsync(code, ct);
        if (outcome == CodeOutcome.Accepted) await signIn.RememberTwoFactorClientAsync(person!);
        return outcome;
    }

    internal static void SetUpRememberedBrowser(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "known";
        cookie.ExpireTimeSpan = Remembered;

        // Asked for at sign-ins alone, so it need not be believed for a while as Identity's own validator does.
        cookie.Events.OnValidatePrincipal = async known =>
        {
            var signIn = known.HttpContext.RequestServices.GetRequiredService<SignInManager<Person>>();
            if (await signIn.ValidateTwoFactorSecurityStampAsync(known.Principal) is null) known.RejectPrincipal();
        };
    }

    /// <summary>A sign-in that has begun ends with what it began by: another password, or all sessions ended, and the first step has to be done again.</summary>
    internal static void SetUpBegun(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "step";
        cookie.Events.OnSigningIn = async begun =>
        {
            if (await FindStampAsync(begun.HttpContext, begun.Principal!) is { } stamp) ((ClaimsIdentity)begun.Principal!.Identity!).AddClaim(new Claim(StampClaim, stamp));
        };
        cookie.Events.OnValidatePrincipal = async begun =>
        {
            if (begun.Principal!.FindFirstValue(StampClaim) != await FindStampAsync(begun.HttpContext, begun.Principal!)) begun.RejectPrincipal();
        };
    }

    // Identity keeps the number of the person as the name.
    static async Task<string?> FindStampAsync(HttpContext http, ClaimsPrincipal begun)
    {
        var people = http.RequestServices.GetRequiredService<UserManager<Person>>();
        return await people.FindByIdAsync(begun.FindFirstValue(ClaimTypes.Name)!) is { } person ? person.SecurityStamp : null;
    }

    async Task<Person?> FindAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is { } person && await signIn.CanSignInAsync(person) ? person : null;
}
