using HtmxChat.Web.Mail;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>Links by which somebody who has forgotten the password chooses another one.</summary>
public sealed class ResetLinks(ChatDb db, AccountLinks links, PasswordRule rule, PasswordHashing hashing, NewPassword passwords, SessionTickets tickets, AuditTrail audit, Postbox postbox)
{
    /// <summary>Of a link that was sent by mail.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    /// <summary>Of a link that an administrator made, and has to hand over first.</summary>
    public static readonly TimeSpan HandedOverGoodFor = TimeSpan.FromHours(24);

    /// <summary>Makes one that an administrator hands over.</summary>
    /// <param name="madeBy">The administrator; that it is one the caller has found.</param>
    /// <returns>Its path on this site, to be shown once: it cannot be found out again.</returns>
    public async Task<string> NewAsync(PersonId person, PersonId madeBy, CancellationToken ct) =>
        Path(await links.NewAsync(LinkPurpose.ResetPassword, person, HandedOverGoodFor, address: null, madeBy, ct));

    /// <summary>Makes one that is sent by mail.</summary>
    internal async Task<string> NewAsync(PersonId person, CancellationToken ct) =>
        Path(await links.NewAsync(LinkPurpose.ResetPassword, person, GoodFor, address: null, madeBy: null, ct));

    /// <summary>Null when it is none, was used, is too old, or the password was changed since.</summary>
    public Task<AccountLink?> FindAsync(string token, CancellationToken ct) => links.FindAsync(LinkPurpose.ResetPassword, token, ct);

    /// <summary>Uses the link up for another password, and signs out everybody who is signed in as its person.</summary>
    public async Task<PasswordOutcome> UseAsync(string token, string password, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } link) return new PasswordOutcome.LinkIsGone();

        var person = (await db.Users.FindAsync([link.Person.Value], ct))!;
        if (person.Role == Role.Guest) return new PasswordOutcome.LinkIsGone(); // a guest who chooses a password becomes a member, which is not what the link is for
        if (await rule.RefuseAsync(password, person, ct) is { } refusal) return new PasswordOutcome.Refused(refusal);

        var hash = await hashing.HashAsync(person, password, ct);
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            if (!await links.TryUseAsync(LinkPurpose.ResetPassword, token, ct)) return new PasswordOutcome.LinkIsGone();
            await db.Entry(person).ReloadAsync(ct);
            if (!await passwords.TryStoreAsync(link.Person, person.PasswordHash, hash, ct)) return new PasswordOutcome.LinkIsGone();
            await transaction.CommitAsync(ct);
        }

        await tickets.EndAsync(link.Person, CancellationToken.None); // it is changed, whoever goes away meanwhile
        await audit.AddAsync(new AuditAct(AuditKind.PasswordReset, link.Person), CancellationToken.None);
        PasswordNotice.Post(postbox, person);
        return new PasswordOutcome.Changed(person);
    }

    static string Path(string token) => $"/reset/{token}";
}
