using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>Lets somebody who came by name alone choose a password, and so come back; a guest becomes a member by it.</summary>
public sealed class Stay(ChatDb db, PasswordRule passwords, PasswordHashing hashing, PeopleChanges changes, SiteDirectory sites, AuditTrail audit)
{
    static readonly Refusal HasOne = new("You have a password already.");

    /// <summary>Whether a person can do so: who has no password, and is no guest of a site that is not open any more.</summary>
    public async Task<bool> MayAsync(PersonId person, CancellationToken ct) => await FindAsync(person, ct) is not null;

    /// <returns>Why not; null when it is done.</returns>
    public async Task<Refusal?> RunAsync(PersonId id, string password, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } person) return HasOne;

        if (await passwords.RefuseAsync(password, person, ct) is { } refusal) return refusal;

        var (wasGuest, hash) = (person.Role == Role.Guest, await hashing.HashAsync(person, password, ct));
        var set = await db.Users.Where(p => p.Id == id.Value && p.PasswordHash == null && p.Standing == Standing.Active).ExecuteUpdateAsync(p => p
            .SetProperty(x => x.PasswordHash, hash)
            .SetProperty(x => x.Version, x => x.Version + 1)
            .SetProperty(x => x.ConcurrencyStamp, Guid.NewGuid().ToString())
            .SetProperty(x => x.Role, x => x.Role == Role.Guest ? Role.Member : x.Role), ct);
        if (set == 0) return HasOne; // by another form of theirs, meanwhile

        changes.Announce(id);
        await audit.AddAsync(new AuditAct(AuditKind.PasswordChanged, id), CancellationToken.None);
        if (wasGuest) await audit.AddAsync(new AuditAct(AuditKind.MadeMember, id, id), CancellationToken.None);
        return null;
    }

    async Task<Person?> FindAsync(PersonId id, CancellationToken ct)
    {
        var person = await db.Users.AsNoTracking().SingleAsync(p => p.Id == id.Value, ct);
        return person.PasswordHash is null && (person.Role != Role.Guest || sites.Current.Joining == Joining.Open) ? person : null;
    }
}
