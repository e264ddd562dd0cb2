using System.Data.Common;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>People's passkeys. What they prove is found out by Identity, which reads them through <see cref="PeopleStore"/>.</summary>
public sealed class Passkeys(SqlReader sql, GroupCommit writes, AuditTrail audit, TimeProvider time)
{
    /// <summary>Of one person.</summary>
    public const int Max = 20;

    const string Columns = "credential_id, public_key, name, created_at_ms, sign_count, transports, is_backup_eligible";

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A person's, oldest first.</summary>
    public Task<List<Passkey>> ListAsync(PersonId person, CancellationToken ct) => sql.AllAsync(
        "select id, name, created_at_ms, last_used_at_ms from passkeys where person_id = @person order by id",
        row => new Passkey(row.GetInt64(0), row.GetString(1), Time(row, 2), row.IsDBNull(3) ? null : Time(row, 3)), ct, ("@person", person.Value));

    /// <summary>Adds one that its device has proved to have.</summary>
    /// <returns>False when the person has as many as one may have, or the passkey is here already.</returns>
    public Task<bool> AddAsync(PersonId person, UserPasskeyInfo passkey, PasskeyName name, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(AuditKind.PasskeyAdded, person));
        return writes.WriteAsync(session =>
        {
            Lock(session, person);
            var isAdded = session.Execute(
                $"""
                insert into passkeys (person_id, {Columns})
                select @person, @credential, @key, @name, @now, @count, @transports, @eligible where (select count(*) from passkeys where person_id = @person) < {Max}
                on conflict do nothing
                """,
                ("@person", person.Value), ("@credential", passkey.CredentialId), ("@key", passkey.PublicKey), ("@name", name.Text), ("@now", NowMs),
                ("@count", (long)passkey.SignCount), ("@transports", string.Join(' ', passkey.Transports ?? [])), ("@eligible", passkey.IsBackupEligible)) > 0;
            if (isAdded) note(session);
            return isAdded;
        }, ct);
    }

    /// <summary>Gives one another name.</summary>
    /// <returns>False when there is none of that number, or it is somebody else's.</returns>
    public Task<bool> RenameAsync(PersonId person, long id, PasskeyName name, CancellationToken ct) => writes.WriteAsync(session =>
        session.Execute("update passkeys set name = @name where id = @id and person_id = @person", ("@name", name.Text), ("@id", id), ("@person", person.Value)) > 0, ct);

    /// <summary>Removes one, unless its person has neither a password nor anything else to sign in with. Of several who remove at once the last fails.</summary>
    public Task<PasskeyRemoval> RemoveAsync(PersonId person, long id, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(AuditKind.PasskeyRemoved, person));
        return writes.WriteAsync(session =>
        {
            var removal = Remove(session, person, id);
            if (removal == PasskeyRemoval.Removed) note(session);
            return removal;
        }, ct);
    }

    /// <summary>Keeps what a use has changed.</summary>
    public Task UsedAsync(UserPasskeyInfo passkey, CancellationToken ct) => writes.WriteAsync(session => session.Execute(
        "update passkeys set last_used_at_ms = @now, sign_count = case when sign_count < @count then @count else sign_count end where credential_id = @credential",
        ("@now", NowMs), ("@count", (long)passkey.SignCount), ("@credential", passkey.CredentialId)), ct);

    internal Task<List<UserPasskeyInfo>> ReadAsync(PersonId person, CancellationToken ct) =>
        sql.AllAsync($"select {Columns} from passkeys where person_id = @person", Read, ct, ("@person", person.Value));

    internal async Task<UserPasskeyInfo?> ReadAsync(PersonId person, byte[] credential, CancellationToken ct) =>
        await sql.AllAsync($"select {Columns} from passkeys where credential_id = @credential and person_id = @person", Read, ct, ("@credential", credential), ("@person", person.Value)) is [var passkey] ? passkey : null;

    internal async Task<PersonId?> FindPersonAsync(byte[] credential, CancellationToken ct) =>
        await sql.AllAsync("select person_id from passkeys where credential_id = @credential", row => new PersonId(row.GetInt64(0)), ct, ("@credential", credential)) is [var person] ? person : null;

    static PasskeyRemoval Remove(SqlSession session, PersonId person, long id)
    {
        Lock(session, person);
        if (!session.First("select true from passkeys where id = @id and person_id = @person", _ => true, ("@id", id), ("@person", person.Value))) return PasskeyRemoval.None;

        return session.Execute(
            """
            delete from passkeys where id = @id and (
              exists (select 1 from passkeys other where other.person_id = @person and other.id <> @id)
              or exists (select 1 from people p where p.id = @person and p.password_hash is not null)
              or exists (select 1 from asp_net_user_logins l where l.user_id = @person))
            """,
            ("@id", id), ("@person", person.Value)) > 0 ? PasskeyRemoval.Removed : PasskeyRemoval.LastWayIn;
    }

    // Makes whoever changes the same person's passkeys wait for the commit, on other nodes too.
    static void Lock(SqlSession session, PersonId person) => session.Execute("update people set id = id where id = @person", ("@person", person.Value));

    // The proof of how it was made is not kept: nothing here depends on who built the device.
    static UserPasskeyInfo Read(DbDataReader row) => new(
        credentialId: row.GetFieldValue<byte[]>(0), publicKey: row.GetFieldValue<byte[]>(1), createdAt: Time(row, 3), signCount: (uint)row.GetInt64(4),
        transports: row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries), isUserVerified: true, isBackupEligible: row.GetBoolean(6), isBackedUp: false,
        attestationObject: [], clientDataJson: [])
    {
        Name = row.GetString(2),
    };

    static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
