using System.Data.Common;
using System.Globalization;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>Keeps who did what when and from where: what administrators do, and who signs in.</summary>
public sealed class AuditTrail(GroupCommit writes, SqlReader sql, IHttpContextAccessor http, TimeProvider time)
{
    /// <summary>How many entries a page shows.</summary>
    public const int PageSize = 50;

    static readonly TimeSpan CountedTogether = TimeSpan.FromMinutes(1);

    /// <summary>Adds an entry by itself.</summary>
    public Task AddAsync(AuditAct act, CancellationToken ct)
    {
        var add = Adding(act);
        return writes.WriteAsync(session =>
        {
            add(session);
            return true;
        }, ct);
    }

    /// <summary>Adds an entry inside the transaction that does what it tells of. To be asked for before, because what writes does not know the request.</summary>
    public Action<SqlSession> Adding(AuditAct act)
    {
        var (now, address) = (time.GetUtcNow().ToUnixTimeMilliseconds(), Address());
        var about = PlainLine.Cut(act.About, AuditAct.MaxAbout);
        return session => session.Execute(
            "insert into audit (at_ms, kind, by_id, person_id, about, address) values (@now, @kind, @by, @person, @about, @address)",
            ("@now", now), ("@kind", (int)act.Kind), ("@by", act.By?.Value), ("@person", act.Person?.Value), ("@about", about), ("@address", address));
    }

    /// <summary>
    /// Adds that somebody could not sign in. Several in one minute from one address with one person's name are one entry that
    /// says how many: strangers can make as many of them as they like.
    /// </summary>
    public Task AddFailedSignInAsync(PersonId? person, CancellationToken ct)
    {
        var (now, address, add) = (time.GetUtcNow().ToUnixTimeMilliseconds(), Address(), Adding(new AuditAct(AuditKind.SignInFailed, By: null, person)));
        return writes.WriteAsync(session =>
        {
            var last = session.First(
                $"select id, about from audit where kind = {AuditKind.SignInFailed:D} and at_ms > @since and address = @address and coalesce(person_id, 0) = @person order by id desc limit 1",
                row => (Id: row.GetInt64(0), About: row.GetString(1)), ("@since", now - (long)CountedTogether.TotalMilliseconds), ("@address", address), ("@person", person?.Value ?? 0));
            if (last.Id == 0) add(session);
            else session.Execute("update audit set about = @about where id = @id", ("@about", string.Create(CultureInfo.InvariantCulture, $"{Times(last.About) + 1} times")), ("@id", last.Id));
            return true;
        }, ct);
    }

    /// <summary>Forgets from where somebody did what they did, and from where others tried to be them.</summary>
    public static void ForgetAddresses(SqlSession session, PersonId person) =>
        session.Execute("update audit set address = '' where by_id = @person or (person_id = @person and by_id is null)", ("@person", person.Value));

    /// <summary>The entries before one; the newest when it is null.</summary>
    /// <param name="kind">Null for all.</param>
    /// <param name="handle">Of a person who did it, or to whom it was done; null for everybody.</param>
    public async Task<AuditPage> BeforeAsync(long? before, AuditKind? kind, string? handle, CancellationToken ct)
    {
        var ofKind = kind is null ? "" : "and a.kind = @kind";
        var ofPerson = handle is null ? "" : "and (a.by_id = (select id from people where normalized_user_name = @handle) or a.person_id = (select id from people where normalized_user_name = @handle))";
        var found = await sql.AllAsync(
            $"""
            select a.id, a.at_ms, a.kind, a.about, a.address, b.id, b.display_name, b.user_name, p.id, p.display_name, p.user_name
            from audit a left join people b on b.id = a.by_id left join people p on p.id = a.person_id
            where a.id < @before {ofKind} {ofPerson} order by a.id desc limit {PageSize + 1}
            """,
            Read, ct, ("@before", before ?? long.MaxValue), ("@kind", (int?)kind ?? 0), ("@handle", handle is null ? "" : PlainLine.Key(handle)));

        List<AuditEntry> entries = [.. found.Take(PageSize)];
        return new AuditPage(entries, found.Count > PageSize ? entries[^1].Id : null);
    }

    static int Times(string about) => about.Length == 0 ? 1 : int.Parse(about.Split(' ')[0], CultureInfo.InvariantCulture);

    static AuditEntry Read(DbDataReader row) => new(
        row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), (AuditKind)row.GetInt32(2),
        Person(row, 5), Person(row, 8), row.GetString(3), row.GetString(4));

    static AuditPerson? Person(DbDataReader row, int first) =>
        row.IsDBNull(first) ? null : new AuditPerson(row.GetInt64(first), row.GetString(first + 1), row.GetString(first + 2));

    string Address() => http.HttpContext?.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "";
}
