using System.Globalization;
using HtmxChat.Web.Mail;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Which person here is which at the other site. The two are linked by an act of whoever is signed in here, or when
/// somebody joins; never because they have the same address or name.
/// </summary>
public sealed class OtherAccounts(ChatDb db, UserManager<Person> people, SignInManager<Person> signIn, Join join, Invites invites, SiteDirectory sites, AuditTrail audit, Postbox postbox, IHttpContextAccessor http)
{
    const string InviteItem = "invite";

    HttpContext Http => http.HttpContext!;

    /// <summary>Sends the browser to the other site, which sends it back to <paramref name="backTo"/>.</summary>
    /// <param name="invite">The code of an invite link, for somebody who wants to join.</param>
    /// <returns>False when the other site does not answer.</returns>
    public async Task<bool> TryLeaveAsync(string backTo, string? invite)
    {
        var properties = signIn.ConfigureExternalAuthenticationProperties(OtherSignIn.Scheme, backTo, ViewerId());
        properties.Items[InviteItem] = invite;
        try
        {
            await Http.ChallengeAsync(OtherSignIn.Scheme, properties);
            return true;
        }
        catch (InvalidOperationException e) when (e.InnerException is not null)
        {
            return false; // its own description could not be fetched; Microsoft.IdentityModel.Protocols has it in the log
        }
    }

    /// <summary>Finds out what is to become of somebody who comes back, and signs in whoever is known.</summary>
    public async Task<OtherArrival> ArriveAsync(CancellationToken ct)
    {
        if (await ReadAsync() is not { } account) return new OtherArrival.Nobody();

        var known = await FindPersonAsync(account, ct);
        if (ViewerId() is { } viewer)
        {
            if (known is null && await FindNameAsync(new PersonId(long.Parse(viewer, CultureInfo.InvariantCulture)), ct) is null) return new OtherArrival.MayLink(account);
            await LetGoAsync();
            if (known is null) return new OtherArrival.HasLinkedAnother(account);
            return known.Value.ToString() == viewer ? new OtherArrival.SignedIn() : new OtherArrival.IsSomebodyElses(account);
        }

        if (known is not null) return await SignInAsync(account);
        if (account.Address is { } address && await IsSomebodysAsync(address, ct)) return new OtherArrival.HasAccount(account);
        return await sites.FindAsync(ct) switch
        {
            { Joining: Joining.Closed } => new OtherArrival.JoiningIsClosed(),
            { Joining: Joining.Open } => new OtherArrival.MayJoin(account),
            _ => await FindInviteAsync(account, ct) is null ? new OtherArrival.IsNotInvited(account) : new OtherArrival.MayJoin(account),
        };
    }

    /// <summary>Links the account over there with the person who is signed in here.</summary>
    /// <returns>False when nobody has come back from there, the account is somebody's already, or the person has another one there.</returns>
    public async Task<bool> LinkAsync(CancellationToken ct)
    {
        if (ViewerId() is null || await ReadAsync() is not { } account || await FindPersonAsync(account, ct) is not null) return false;

        var person = Http.User.PersonId();
        Add(account, person.Value);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            return false; // one of the two has been linked meanwhile
        }
        await audit.AddAsync(new AuditAct(AuditKind.OtherAccountLinked, person), CancellationToken.None);
        await LetGoAsync();
        PostNotice((await db.Users.FindAsync([person.Value], ct))!);
        return true;
    }

    /// <summary>Takes the link apart.</summary>
    /// <returns>False when there is none, or the person has no password.</returns>
    public async Task<bool> UnlinkAsync(PersonId person, CancellationToken ct)
    {
        if (await db.UserLogins.Where(l => l.UserId == person.Value && l.LoginProvider == OtherSignIn.Scheme && db.Users.Any(p => p.Id == l.UserId && p.PasswordHash != null)).ExecuteDeleteAsync(ct) == 0) return false;

        await audit.AddAsync(new AuditAct(AuditKind.OtherAccountUnlinked, person), CancellationToken.None);
        return true;
    }

    /// <summary>What the linked account is called over there; null when none is linked.</summary>
    public Task<string?> FindNameAsync(PersonId person, CancellationToken ct) =>
        db.UserLogins.Where(l => l.UserId == person.Value && l.LoginProvider == OtherSignIn.Scheme).Select(l => l.ProviderDisplayName).FirstOrDefaultAsync(ct);

    /// <summary>Makes a person of whoever has come back and may join, and signs them in.</summary>
    /// <returns>Null when they may not, or not any more.</returns>
    public async Task<JoinOutcome?> JoinAsync(PersonName name, CancellationToken ct)
    {
        if (ViewerId() is not null || await ReadAsync() is not { } account || await FindPersonAsync(account, ct) is not null) return null;
        var invite = await FindInviteAsync(account, ct);
        if (invite is null && await sites.FindAsync(ct) is not { Joining: Joining.Open }) return null;
        if (account.Address is { } address && await IsSomebodysAsync(address, ct)) return null;

        var outcome = await join.RunAsync(name, account, invite, person => Add(account, person.Id), ct);
        if (outcome is JoinOutcome.Joined(var joined))
        {
            await signIn.SignInAsync(joined, isPersistent: true);
            await LetGoAsync();
        }
        return outcome;
    }

    // The same person has to be signed in here as when the browser left, or nobody.
    async Task<OtherAccount?> ReadAsync()
    {
        var login = await signIn.GetExternalLoginInfoAsync(ViewerId());
        return login is { LoginProvider: OtherSignIn.Scheme } ? OtherAccount.Read(login.Principal, login.AuthenticationProperties?.Items.TryGetValue(InviteItem, out var invite) is true ? invite : null) : null;
    }

    async Task<OtherArrival> SignInAsync(OtherAccount account)
    {
        var result = await signIn.ExternalLoginSignInAsync(OtherSignIn.Scheme, account.Key, isPersistent: true, bypassTwoFactor: false);
        if (result.RequiresTwoFactor) return new OtherArrival.NeedsSecondStep();

        await LetGoAsync();
        return result.Succeeded ? new OtherArrival.SignedIn() : new OtherArrival.MayNotComeIn();
    }

    Task LetGoAsync() => Http.SignOutAsync(IdentityConstants.ExternalScheme);

    async Task<PersonId?> FindPersonAsync(OtherAccount account, CancellationToken ct)
    {
        var found = await db.UserLogins.Where(l => l.LoginProvider == OtherSignIn.Scheme && l.ProviderKey == account.Key).Select(l => l.UserId).ToListAsync(ct);
        return found is [var person] ? new PersonId(person) : null;
    }

    Task<bool> IsSomebodysAsync(EmailAddress address, CancellationToken ct)
    {
        var key = people.NormalizeEmail(address.Text);
        return db.Users.AnyAsync(p => p.NormalizedEmail == key, ct);
    }

    void PostNotice(Person person)
    {
        if (person is not { EmailConfirmed: true, Email: { } address }) return;

        postbox.TryPost(new Letter("sign-in linked", address, "There is another way to sign in as you",
            [$"An account at another site was linked with @{person.UserName} just now, and signs in as you from now on.", "If that was not you, unlink it on the pages of your account and change your password, or tell whoever looks after the site."]));
    }

    async Task<Invite?> FindInviteAsync(OtherAccount account, CancellationToken ct) => account.Invite is { } code ? await invites.FindAsync(code, ct) : null;

    void Add(OtherAccount account, long person) =>
        db.UserLogins.Add(new IdentityUserLogin<long> { LoginProvider = OtherSignIn.Scheme, ProviderKey = account.Key, ProviderDisplayName = account.Name, UserId = person });

    string? ViewerId() => Http.User.Identity!.IsAuthenticated ? Http.User.PersonId().ToString() : null;
}
