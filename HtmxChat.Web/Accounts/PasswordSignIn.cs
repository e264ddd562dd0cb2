using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HtmxChat.Web.Accounts;

/// <summary>Signing in with a password, so that whoever tries wrong ones at the same moment cannot make the right one fail.</summary>
public sealed class PasswordSignIn(
    UserManager<Person> people, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Person> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Person> confirmation, ChatDb db, TwoStep twoStep)
    : SignInManager<Person>(people, http, claims, options, logger, schemes, confirmation)
{
    /// <summary>Whoever was let go or thrown out does not come in by any way.</summary>
    public override async Task<bool> CanSignInAsync(Person user) => user.Standing == Standing.Active && await base.CanSignInAsync(user);

    public override async Task<bool> IsTwoFactorEnabledAsync(Person user) => (await twoStep.FindAsync(new PersonId(user.Id), Context.RequestAborted)).IsOn;

    // Identity's own writes the whole row, and takes it for a wrong password when another attempt has written it meanwhile.
    protected override Task ResetLockout(Person user) =>
        db.Users.Where(p => p.Id == user.Id && p.AccessFailedCount > 0).ExecuteUpdateAsync(p => p.SetProperty(x => x.AccessFailedCount, 0), Context.RequestAborted);
}
