using System.Data.Common;
using System.Linq.Expressions;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Keeps sessions as rows on the server; the cookie holds nothing but a key. Ending a session therefore ends it
/// everywhere at once: the row is deleted, its live connections here are closed, and the other nodes are told.
/// </summary>
public sealed class SessionTickets(IServiceScopeFactory scopes, SqlReader sql, IHttpContextAccessor http, SiteDirectory sites, LiveConnections live, IRelay relay, SessionUse use, AuditTrail audit, Caches caches, TimeProvider time) : ITicketStore, IDisposable
{
    /// <summary>The claim that carries <see cref="SessionRow.Id"/>.</summary>
    public const string SessionClaim = "session";

    /// <summary>Of a session's key, in characters.</summary>
    public const int KeyLength = 64;

    const int MaxDeviceLength = 200;

    const int MaxCached = 50_000;

    // Another node's sign-out is noticed within this time even when its word of it is lost.
    static readonly MemoryCacheEntryOptions Kept = new() { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(2) };

    readonly MemoryCache cache = caches.New(MaxCached);

    // What was being read while something was forgotten may be from before.
    long forgotten;

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyLength / 2));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDb>();
        var row = new SessionRow
        {
            KeyHash = Hash(key),
            PersonId = ticket.Principal.PersonId().Value,
            Ticket = [],
            CreatedAtMs = NowMs,
            LastUsedAtMs = NowMs,
            Address = Address(),
            Device = Device(),
        };
        db.Add(row);
        await db.SaveChangesAsync();

        await SaveAsync(db, row, ticket);
        await EndWhenChangedAsync(db, row, ticket);
        await audit.AddAsync(new AuditAct(AuditKind.SignedIn, ticket.Principal.PersonId()), CancellationToken.None);
        return key;
    }

    /// <exception cref="InvalidOperationException">The ticket is another person's: who signs in over a session that is there must not go on by it.</exception>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDb>();
        var row = await Find(db, key).SingleOrDefaultAsync();
        if (row is null) return;
        if (row.PersonId != ticket.Principal.PersonId().Value) throw new InvalidOperationException("A session cannot become another person's.");

        await SaveAsync(db, row, ticket);
        cache.Remove(key);
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (cache.TryGetValue(key, out AuthenticationTicket? known)) return known;

        var asked = Volatile.Read(ref forgotten);

        // What the person may do and is called is taken from the person, not from when they signed in.
        var found = await sql.AllAsync(
            $"""
            select s.ticket, p.id, p.display_name, p.role, p.picture, p.language, p.time_zone, p.version, s.id, p.preferences from sessions s join people p on p.id = s.person_id
            where s.key_hash = @hash and s.expires_at_ms >= @now and p.standing = {Standing.Active:D}
            """,
            row => (Ticket: row.GetFieldValue<byte[]>(0), Person: ReadPerson(row), Session: row.GetInt64(8)),
            CancellationToken.None, ("@hash", Hash(key)), ("@now", NowMs));
        if (found is not [var (bytes, person, session)] || TicketSerializer.Default.Deserialize(bytes) is not { } ticket) return null;
        if (ticket.Principal.PersonId() != person.Id) return null;

        ((ClaimsIdentity)ticket.Principal.Identity!).Describe(person);
        use.Note(session);
        cache.Set(key, ticket, Kept);
        if (Volatile.Read(ref forgotten) != asked) cache.Remove(key);
        return ticket;
    }

    public async Task RemoveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        await EndAsync(Find(scope.ServiceProvider.GetRequiredService<ChatDb>(), key), CancellationToken.None);
    }

    /// <summary>Ends all of a person's sessions: each browser is signed out, and its live connections are closed.</summary>
    public Task EndAsync(PersonId person, CancellationToken ct) => EndAsync(person, _ => true, ct);

    /// <summary>Ends some of a person's sessions. Links that would make one more end too.</summary>
    public async Task EndAsync(PersonId person, Expression<Func<SessionRow, bool>> which, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDb>();
        var all = db.Set<SessionRow>().Where(s => s.PersonId == person.Value);
        await db.Set<PhoneLinkRow>().Where(l => all.Any(s => s.Id == l.SessionId)).ExecuteDeleteAsync(ct);
        await EndAsync(all.Where(which), ct);
    }

    async Task EndAsync(IQueryable<SessionRow> sessions, CancellationToken ct)
    {
        var ids = await sessions.Select(s => s.Id).ToListAsync(ct);
        await sessions.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(ct);
        Announce(ids);
    }

    /// <summary>Ends all sessions of a person, inside the caller's transaction; to be announced after its commit.</summary>
    internal static List<long> DeleteAll(SqlSession sql, PersonId person) =>
        sql.All("delete from sessions where person_id = @person returning id", row => row.GetInt64(0), ("@person", person.Value));

    /// <summary>Closes the live connections of sessions whose rows have been deleted, here and on the other nodes.</summary>
    public void Announce(IEnumerable<long> ended)
    {
        foreach (var session in ended.Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        {
            HasEnded(session);
            relay.Publish(Channel(sites.Current), Encoding.ASCII.GetBytes(session));
        }
    }

    /// <summary>Where nodes tell each other which sessions they have ended.</summary>
    public static string Channel(Site site) => $"{site.Epoch}:sessions";

    /// <summary>Forgets a session that another node has ended, and closes its live connections here.</summary>
    public void HasEnded(string session)
    {
        Forget(principal => principal.Session() == session);
        live.End(session);
    }

    /// <summary>Has what sessions know of their person read anew: the person was changed.</summary>
    public void Forget(PersonId person) => Forget(principal => principal.PersonId() == person);

    // People sign out so seldom that an index by session would cost more than to look through what is kept for two seconds.
    void Forget(Func<ClaimsPrincipal, bool> which)
    {
        Interlocked.Increment(ref forgotten);
        foreach (var key in cache.Keys)
        {
            if (cache.TryGetValue(key, out AuthenticationTicket? ticket) && which(ticket!.Principal)) cache.Remove(key);
        }
    }

    /// <summary>Whether a session is still there, as the database has it now and not as it is remembered here.</summary>
    public async Task<bool> IsOpenAsync(string session, CancellationToken ct)
    {
        var id = long.Parse(session, System.Globalization.CultureInfo.InvariantCulture);
        var found = await sql.AllAsync("select id from sessions where id = @id and expires_at_ms >= @now", row => row.GetInt64(0), ct, ("@id", id), ("@now", NowMs));
        return found.Count > 0;
    }

    /// <summary>Those of some sessions that are still there, each with the version of its person, and so without those that have ended.</summary>
    public async Task<IReadOnlyDictionary<string, (PersonId Person, long Version)>> FindOpenAsync(IEnumerable<string> sessions, CancellationToken ct)
    {
        // They are numbers of ours, so they can stand in the text.
        var open = await sql.AllAsync(
            $"select s.id, p.id, p.version from sessions s join people p on p.id = s.person_id where s.expires_at_ms >= @now and s.id in ({string.Join(',', sessions)})",
            row => (Session: row.GetInt64(0), Person: new PersonId(row.GetInt64(1)), Version: row.GetInt64(2)), ct, ("@now", NowMs));
        return open.ToDictionary(s => s.Session.ToString(System.Globalization.CultureInfo.InvariantCulture), s => (s.Person, s.Version));
    }

    public void Dispose() => cache.Dispose();

    async Task SaveAsync(ChatDb db, SessionRow row, AuthenticationTicket ticket)
    {
        var identity = (ClaimsIdentity)ticket.Principal.Identity!;
        if (!identity.HasClaim(c => c.Type == SessionClaim))
            identity.AddClaim(new Claim(SessionClaim, row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        row.ExpiresAtMs = (ticket.Properties.ExpiresUtc ?? time.GetUtcNow().AddDays(1)).ToUnixTimeMilliseconds();
        row.Ticket = TicketSerializer.Default.Serialize(ticket);
        await db.SaveChangesAsync();
    }

    static Viewer ReadPerson(DbDataReader row) => new(new PersonId(row.GetInt64(1)), row.GetString(2), (Role)row.GetInt32(3))
    {
        Picture = row.IsDBNull(4) ? null : row.GetString(4),
        Language = row.GetString(5),
        Zone = Zone.Of(row.GetString(6)),
        Version = row.GetInt64(7),
        Preferences = Preferences.Parse(row.GetString(9)),
    };

    // An IPv4 address that came over an IPv6 socket is shown as what it is.
    string Address() => http.HttpContext?.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "";

    // Whoever changes a password or throws somebody out ends the sessions that are there, and this one may have come just after that.
    static async Task EndWhenChangedAsync(ChatDb db, SessionRow row, AuthenticationTicket ticket)
    {
        if (ticket.Principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType) is { } stamp)
            await db.Set<SessionRow>().Where(s => s.Id == row.Id && !db.Users.Any(p => p.Id == s.PersonId && p.SecurityStamp == stamp && p.Standing == Standing.Active)).ExecuteDeleteAsync();
    }

    string Device() => PlainLine.Cut(PlainLine.Clean(http.HttpContext?.Request.Headers.UserAgent.ToString()), MaxDeviceLength);

    static IQueryable<SessionRow> Find(ChatDb db, string key)
    {
        var hash = Hash(key);
        return db.Set<SessionRow>().Where(s => s.KeyHash == hash);
    }

    static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));
}
