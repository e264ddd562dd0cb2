using System.Security.Cryptography;
using System.Text;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>Links that do one thing to a person's account, once, for whoever has them.</summary>
public sealed class AccountLinks(ChatDb db, TimeProvider time)
{
    const int TokenBytes = 32;

    // Longer than any pause between two letters, which is counted by these rows also when the link was taken back.
    static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes one.</summary>
    /// <param name="address">Which address it confirms.</param>
    /// <param name="madeBy">The administrator who asks for it.</param>
    /// <returns>What stands in the link, which cannot be found out again.</returns>
    public async Task<string> NewAsync(LinkPurpose purpose, PersonId person, TimeSpan goodFor, string? address, PersonId? madeBy, CancellationToken ct)
    {
        var (now, token) = (NowMs, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
        var old = now - (long)KeptFor.TotalMilliseconds;
        await db.Set<AccountLinkRow>().Where(l => l.ExpiresAtMs <= now && l.CreatedAtMs <= old).ExecuteDeleteAsync(ct);
        db.Add(new AccountLinkRow
        {
            PersonId = person.Value,
            Purpose = purpose,
            TokenHash = Hash(token),
            Address = address,
            MadeById = madeBy?.Value,
            CreatedAtMs = now,
            ExpiresAtMs = now + (long)goodFor.TotalMilliseconds,
        });
        await db.SaveChangesAsync(ct);
        return token;
    }

    /// <summary>Whose it is and what for; null when it is none, was used, is too old, or its person or its maker may not do so any more.</summary>
    public Task<AccountLink?> FindAsync(LinkPurpose purpose, string token, CancellationToken ct) =>
        Good(purpose, token).Join(db.Users, l => l.PersonId, p => p.Id, (l, p) => new AccountLink(new PersonId(p.Id), p.UserName!, l.Address)).SingleOrDefaultAsync(ct);

    /// <summary>Whether one was sent by mail to a person after a time.</summary>
    public Task<bool> WasSentAsync(LinkPurpose purpose, PersonId person, DateTimeOffset after, CancellationToken ct)
    {
        var afterMs = after.ToUnixTimeMilliseconds();
        return db.Set<AccountLinkRow>().AnyAsync(l => l.PersonId == person.Value && l.Purpose == purpose && l.MadeById == null && l.CreatedAtMs > afterMs, ct);
    }

    /// <summary>The addresses to which one was sent after a time, whoever asked for it.</summary>
    public Task<List<string>> ListAddressesAsync(LinkPurpose purpose, DateTimeOffset after, CancellationToken ct)
    {
        var afterMs = after.ToUnixTimeMilliseconds();
        return db.Set<AccountLinkRow>().Where(l => l.Purpose == purpose && l.CreatedAtMs > afterMs && l.Address != null).Select(l => l.Address!).ToListAsync(ct);
    }

    /// <summary>Uses one up, inside the transaction that does what it is for.</summary>
    /// <returns>False when it is good no more: somebody was faster.</returns>
    internal async Task<bool> TryUseAsync(LinkPurpose purpose, string token, CancellationToken ct) => await Good(purpose, token).ExecuteDeleteAsync(ct) > 0;

    /// <summary>Takes back those of a person, inside the caller's transaction.</summary>
    internal Task RevokeAsync(LinkPurpose purpose, PersonId person, CancellationToken ct)
    {
        var now = NowMs;
        return db.Set<AccountLinkRow>().Where(l => l.PersonId == person.Value && l.Purpose == purpose && l.ExpiresAtMs > now).ExecuteUpdateAsync(l => l.SetProperty(x => x.ExpiresAtMs, now), ct);
    }

    /// <summary>Takes back all of a person, inside the caller's transaction.</summary>
    internal Task RevokeAllAsync(PersonId person, CancellationToken ct) =>
        db.Set<AccountLinkRow>().Where(l => l.PersonId == person.Value).ExecuteDeleteAsync(ct);

    IQueryable<AccountLinkRow> Good(LinkPurpose purpose, string token)
    {
        var (now, hash) = (NowMs, Hash(token));
        return db.Set<AccountLinkRow>().Where(l => l.TokenHash == hash && l.Purpose == purpose && l.ExpiresAtMs > now
            && db.Users.Any(p => p.Id == l.PersonId && p.Standing == Standing.Active)
            && (l.MadeById == null || db.Users.Any(p => p.Id == l.MadeById && p.Role == Role.Administrator && p.Standing == Standing.Active)));
    }

    static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
