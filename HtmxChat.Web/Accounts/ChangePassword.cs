using System.Globalization;
using HtmxChat.Web.Mail;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>A person changes their own password, which signs out everybody else who is signed in as them.</summary>
public sealed class ChangePassword(ChatDb db, OwnPassword own, PasswordRule rule, PasswordHashing hashing, NewPassword passwords, Proof proof, SessionTickets tickets, AuditTrail audit, Postbox postbox)
{
    static readonly Refusal OnlyByStaying = new("Whoever chooses a password here becomes a member. Go to “Choose a password, to come back” below the rooms; where it leads nowhere, ask somebody who looks after this place.");

    /// <param name="session">The one that goes on.</param>
    /// <param name="current">The old one; of somebody who has none, what <see cref="Proof"/> asks for.</param>
    public async Task<PasswordOutcome> RunAsync(PersonId id, string session, string current, string password, CancellationToken ct)
    {
        var person = (await db.Users.FindAsync([id.Value], ct))!;
        if (person.Role == Role.Guest) return new PasswordOutcome.Refused(OnlyByStaying);
        if (await (person.PasswordHash is null ? proof.RefuseAsync(person, current, ct) : own.RefuseAsync(person, current, ct)) is { } wrong) return new PasswordOutcome.CurrentIsWrong(wrong);
        if (await rule.RefuseAsync(password, person, ct) is { } refusal) return new PasswordOutcome.Refused(refusal);

        var hash = await hashing.HashAsync(person, password, ct);
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            if (!await passwords.TryStoreAsync(id, person.PasswordHash, hash, ct)) return new PasswordOutcome.CurrentIsWrong(new("Somebody else has just changed the password."));
            await transaction.CommitAsync(ct);
        }

        var kept = long.Parse(session, CultureInfo.InvariantCulture);
        await tickets.EndAsync(id, s => s.Id != kept, CancellationToken.None); // it is changed, whoever goes away meanwhile
        await audit.AddAsync(new AuditAct(AuditKind.PasswordChanged, id), CancellationToken.None);
        await db.Entry(person).ReloadAsync(CancellationToken.None);
        PasswordNotice.Post(postbox, person);
        return new PasswordOutcome.Changed(person);
    }
}
