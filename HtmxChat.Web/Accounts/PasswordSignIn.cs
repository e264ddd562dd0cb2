using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Signing in. With a password it takes the same time whether it is wrong, was never there, is locked or belongs to
/// somebody who may not come in; and whoever tries wrong ones at the same moment cannot make the right one fail.
/// </summary>
public sealed class PasswordSignIn(
    UserManager<Person> people, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Person> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Person> confirmation, ChatDb db, PasswordHashing hashing, SignInAttempts attempts, TwoStep twoStep)
    : SignInManager<Person>(people, http, claims, options, logger, schemes, confirmation)
{
    /// <summary>Whoever was let go or thrown out does not come in by any way.</summary>
    public override async Task<bool> CanSignInAsync(Person user) => user.Standing == Standing.Active && await base.CanSignInAsync(user);

    public override async Task<bool> IsTwoFactorEnabledAsync(Person user) => (await twoStep.FindAsync(new PersonId(user.Id), Context.RequestAborted)).IsOn;

    /// <inheritdoc/>
    /// <exception cref="TooBusyException">Too many are signing in already.</exception>
    public override async Task<SignInResult> CheckPasswordSignInAsync(Person user, string password, bool lockoutOnFailure)
    {
        var (ct, person) = (Context.RequestAborted, new PersonId(user.Id));
        using var place = await hashing.TakePlaceAsync(ct);
        var counting = user.PasswordHash is null ? Task.FromResult(true) : attempts.CountAsync(person, CancellationToken.None); // also when whoever guesses does not wait for the answer
        var check = await place.CheckAsync(user, password);
        if (!await counting) return SignInResult.LockedOut;
        if (check == PasswordVerificationResult.Failed || !await CanSignInAsync(user)) return SignInResult.Failed;

        if (check == PasswordVerificationResult.SuccessRehashNeeded) await RehashAsync(user, await place.HashAsync(user, password), ct);
        await attempts.ForgetAsync(person, ct);
        return SignInResult.Success;
    }

    // How many passwords were tried says nothing about somebody who comes from another site.
    protected override async Task<SignInResult?> PreSignInCheck(Person user) => await CanSignInAsync(user) ? null : SignInResult.NotAllowed;

    // Identity's own writes the whole row, and fails when another attempt has written it meanwhile.
    protected override Task ResetLockout(Person user) => attempts.ForgetAsync(new PersonId(user.Id), Context.RequestAborted);

    // Unless it was changed meanwhile.
    async Task RehashAsync(Person user, string hash, CancellationToken ct)
    {
        var old = user.PasswordHash;
        await db.Users.Where(p => p.Id == user.Id && p.PasswordHash == old).ExecuteUpdateAsync(p => p.SetProperty(x => x.PasswordHash, hash), ct);
    }
}
