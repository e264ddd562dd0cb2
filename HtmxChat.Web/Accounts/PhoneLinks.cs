using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>Links that sign one more browser in, usually a phone's: once, for a few minutes, and only as long as the session that made them is there.</summary>
public sealed class PhoneLinks(SqlReader sql, GroupCommit writes, AuditTrail audit, TimeProvider time)
{
    /// <summary>How long one is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>In characters, of which each carries nearly five bits.</summary>
    const int TokenLength = 28;

    const string IsGood = "l.token_hash = @hash and l.used_at_ms is null and l.expires_at_ms > @now";

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes one; an older one of the same session is good no more.</summary>
    /// <returns>What stands in the link; it cannot be shown again.</returns>
    public async Task<string> NewAsync(string session, CancellationToken ct)
    {
        var token = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", TokenLength);
        var expires = NowMs + (long)Lifetime.TotalMilliseconds;
        await writes.WriteAsync(write => write.Execute(
            """
            insert into phone_links (session_id, token_hash, expires_at_ms) values (@session, @hash, @expires)
            on conflict (session_id) do update set token_hash = excluded.token_hash, expires_at_ms = excluded.expires_at_ms, used_at_ms = null
            """,
            ("@session", Number(session)), ("@hash", Hash(token)), ("@expires", expires)), ct);
        return token;
    }

    /// <summary>What has become of the newest that a session has made; null when it has made none.</summary>
    public async Task<PhoneLinkState?> FindStateAsync(string session, CancellationToken ct)
    {
        var found = await sql.AllAsync(
            "select expires_at_ms, used_at_ms from phone_links where session_id = @session",
            row => new PhoneLinkState(Time(row, 0), row.IsDBNull(1) ? null : Time(row, 1)), ct, ("@session", Number(session)));
        return found is [var state] ? state : null;
    }

    /// <summary>Whom a link would sign in; null when it is none, or no longer good.</summary>
    public async Task<PersonId?> FindPersonAsync(string token, CancellationToken ct)
    {
        var found = await sql.AllAsync(
            $"select p.id from phone_links l join sessions s on s.id = l.session_id join people p on p.id = s.person_id where {IsGood} and s.expires_at_ms > @now and p.standing = {Standing.Active:D}",
            row => new PersonId(row.GetInt64(0)), ct, ("@hash", Hash(token)), ("@now", NowMs));
        return found is [var person] ? person : null;
    }

    /// <summary>Uses a link up. Of several who try at once one succeeds.</summary>
    /// <returns>Whom it signs in; null when it is none, or no longer good.</returns>
    public async Task<PersonId?> UseAsync(string token, CancellationToken ct)
    {
        if (await FindPersonAsync(token, ct) is not { } person) return null;

        var note = audit.Adding(new AuditAct(AuditKind.PhoneLinkUsed, person));
        var isMine = await writes.WriteAsync(write =>
        {
            var isFirst = write.Execute($"update phone_links as l set used_at_ms = @now where {IsGood}", ("@now", NowMs), ("@hash", Hash(token))) > 0;
            if (isFirst) note(write);
            return isFirst;
        }, ct);
        return isMine ? person : null;
    }

    static long Number(string session) => long.Parse(session, CultureInfo.InvariantCulture);

    static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
