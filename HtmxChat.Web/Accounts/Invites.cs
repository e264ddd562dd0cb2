using System.Security.Cryptography;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>The links by which people join.</summary>
public sealed class Invites(ChatDb db, AuditTrail audit, TimeProvider time)
{
    /// <summary>In characters, of which each carries nearly five bits.</summary>
    const int CodeLength = 20;

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Those that somebody can still join by, newest first.</summary>
    public Task<List<Invite>> ListAsync(CancellationToken ct) => Good().OrderByDescending(i => i.Id).Select(i => Read(i)).ToListAsync(ct);

    /// <summary>The invite of a code; null when it is none, or no longer good, or nobody may join just now.</summary>
    public async Task<Invite?> FindAsync(string code, CancellationToken ct) =>
        await ByWhichPeopleJoin().Where(i => i.Code == code).SingleOrDefaultAsync(ct) is { } found ? Read(found) : null;

    /// <summary>Makes one for others.</summary>
    public async Task<Invite> NewAsync(PersonId maker, InviteTerms terms, CancellationToken ct)
    {
        var invite = await NewAsync(maker, terms.Note, terms.Lifetime is { } lifetime ? time.GetUtcNow() + lifetime : null, terms.Uses, ct);
        await audit.AddAsync(new AuditAct(AuditKind.InviteMade, maker, About: terms.Note), CancellationToken.None);
        return invite;
    }

    /// <summary>Makes one, in the caller's transaction where there is one.</summary>
    public async Task<Invite> NewAsync(PersonId maker, string note, DateTimeOffset? expiresAt, int? maxUses, CancellationToken ct)
    {
        var row = new InviteRow
        {
            Code = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", CodeLength),
            Note = note,
            CreatedById = maker.Value,
            CreatedAtMs = NowMs,
            ExpiresAtMs = expiresAt?.ToUnixTimeMilliseconds(),
            MaxUses = maxUses,
        };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return Read(row);
    }

    /// <summary>Takes one back: nobody joins by it any more.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RevokeAsync(PersonId by, long id, CancellationToken ct)
    {
        var now = NowMs;
        var found = await db.Set<InviteRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (found is null || await db.Set<InviteRow>().Where(i => i.Id == id && i.RevokedAtMs == null).ExecuteUpdateAsync(i => i.SetProperty(x => x.RevokedAtMs, now), ct) == 0) return false;

        await audit.AddAsync(new AuditAct(AuditKind.InviteRevoked, by, About: found.Note), CancellationToken.None);
        return true;
    }

    /// <summary>Counts one use, inside the transaction that makes the person.</summary>
    /// <returns>False when it is no longer good: somebody else was the last.</returns>
    internal async Task<bool> TryUseAsync(long id, CancellationToken ct) =>
        await ByWhichPeopleJoin().Where(i => i.Id == id).ExecuteUpdateAsync(i => i.SetProperty(x => x.Uses, x => x.Uses + 1), ct) > 0;

    IQueryable<InviteRow> ByWhichPeopleJoin() => Good().Where(_ => db.Set<SiteRow>().Any(s => s.Joining != Joining.Closed));

    IQueryable<InviteRow> Good()
    {
        var now = NowMs;
        return db.Set<InviteRow>().Where(i => i.RevokedAtMs == null && (i.ExpiresAtMs == null || i.ExpiresAtMs > now) && (i.MaxUses == null || i.Uses < i.MaxUses)
            && db.Users.Any(p => p.Id == i.CreatedById && p.Role == Role.Administrator && p.Standing == Standing.Active));
    }

    static Invite Read(InviteRow row) =>
        new(row.Id, row.Code, row.Note, row.ExpiresAtMs is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, row.MaxUses, row.Uses);
}
