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
public sealed class SessionTickets(IServiceScopeFactory scopes, SqlReader sql, IHttpContextAccessor http, SiteDirectory sites, LiveConnections live, IRelay relay, Caches caches, TimeProvider time) : ITicketStore, IDisposable
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
            CreatedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Device = Device(),
        };
        db.Add(row);
        await db.SaveChangesAsync();

        await SaveAsync(db, row, ticket);
        await EndWhenChangedAsync(db, row, ticket);
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDb>();
        var row = await Find(db, key).SingleOrDefaultAsync();
        if (row is null) return;

        await SaveAsync(db, row, ticket);
        cache.Remove(key);
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (cache.TryGetValue(key, out AuthenticationTicket? known)) return known;

        // What the person may do and is called is taken from the person, not from when they signed in.
        var found = await sql.AllAsync(
            $"""
            select s.ticket, p.display_name, p.role from sessions s join people p on p.id = s.person_id
            where s.key_hash = @hash and s.expires_at_ms >= @now and p.standing = {Standing.Active:D}
            """,
            row => (Ticket: row.GetFieldValue<byte[]>(0), Name: row.GetString(1), Role: (Role)row.GetInt32(2)),
            CancellationToken.None, ("@hash", Hash(key)), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        if (found is not [var (bytes, name, role)] || TicketSerializer.Default.Deserialize(bytes) is not { } ticket) return null;

        ((ClaimsIdentity)ticket.Principal.Identity!).Describe(name, role);
        return cache.Set(key, ticket, Kept);
    }

    public async Task RemoveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        await EndAsync(Find(scope.ServiceProvider.GetRequiredService<ChatDb>(), key), CancellationToken.None);
    }

    /// <summary>Ends some of a person's sessions: each browser is signed out, and its live connections are closed.</summary>
    /// <param name="which">Of the person's sessions; all of them when it is left out.</param>
    public async Task EndAsync(PersonId person, CancellationToken ct, Expression<Func<SessionRow, bool>>? which = null)
    {
        await using var scope = scopes.CreateAsyncScope();
        var all = scope.ServiceProvider.GetRequiredService<ChatDb>().Set<SessionRow>().Where(s => s.PersonId == person.Value);
        await EndAsync(which is null ? all : all.Where(which), ct);
    }

    async Task EndAsync(IQueryable<SessionRow> sessions, CancellationToken ct)
    {
        var ids = await sessions.Select(s => s.Id).ToListAsync(ct);
        await sessions.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(ct);
        foreach (var session in ids.Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)))
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
        // People sign out so seldom that an index by session would cost more than to look through what is kept for two seconds.
        foreach (var key in cache.Keys)
        {
            if (cache.TryGetValue(key, out AuthenticationTicket? ticket) && ticket!.Principal.Session() == session) cache.Remove(key);
        }
        live.End(session);
    }

    /// <summary>Whether a session is still there, as the database has it now and not as it is remembered here.</summary>
    public async Task<bool> IsOpenAsync(string session, CancellationToken ct)
    {
        var id = long.Parse(session, System.Globalization.CultureInfo.InvariantCulture);
        var found = await sql.AllAsync("select id from sessions where id = @id", row => row.GetInt64(0), ct, ("@id", id));
        return found.Count > 0;
    }

    /// <summary>Those of some sessions that are not there any more.</summary>
    public async Task<IEnumerable<string>> FindEndedAsync(IReadOnlyCollection<string> sessions, CancellationToken ct)
    {
        // They are numbers of ours, so they can stand in the text.
        var open = await sql.AllAsync($"select id from sessions where id in ({string.Join(',', sessions)})", row => row.GetInt64(0), ct);
        return sessions.Except(open.Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
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

    // Whoever changes a password ends the sessions that are there, and this one may have come just after that, with the old one.
    static async Task EndWhenChangedAsync(ChatDb db, SessionRow row, AuthenticationTicket ticket)
    {
        if (ticket.Principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType) is { } stamp)
            await db.Set<SessionRow>().Where(s => s.Id == row.Id && !db.Users.Any(p => p.Id == s.PersonId && p.SecurityStamp == stamp)).ExecuteDeleteAsync();
    }

    string Device()
    {
        var words = PlainLine.Clean(http.HttpContext?.Request.Headers.UserAgent.ToString());
        return words.Length <= MaxDeviceLength ? words : words[..MaxDeviceLength];
    }

    static IQueryable<SessionRow> Find(ChatDb db, string key)
    {
        var hash = Hash(key);
        return db.Set<SessionRow>().Where(s => s.KeyHash == hash);
    }

    static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));
}
