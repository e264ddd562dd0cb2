using System.Collections.Concurrent;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// Who is here: on this node by the open pages, and on the others by what these have written down. Only the last state
/// counts; nothing of it is kept. Safe for any number of threads but for <see cref="LookAsync"/> and <see cref="TakeChanges"/>.
/// </summary>
public sealed class Attendance(LiveConnections live, SqlReader sql, GroupCommit writes, Database database, TimeProvider time)
{
    /// <summary>Who goes from one page to another, or loses a connection for a moment, stays what they are.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>So long after their last page somebody is away, and then offline.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(30);

    /// <summary>How often nodes tell each other.</summary>
    public static readonly TimeSpan ShareEvery = TimeSpan.FromSeconds(5);

    /// <summary>A node that has said nothing for so long has gone.</summary>
    public static readonly TimeSpan NodeLifetime = TimeSpan.FromSeconds(20);

    readonly string node = Guid.NewGuid().ToString("N");
    readonly Dictionary<PersonId, Seen> seen = [];
    Dictionary<PersonId, Presence> elsewhere = [];
    volatile HashSet<PersonId> hidden = [];
    long sharedAt;
    volatile ConcurrentDictionary<PersonId, Presence> now = new();
    HashSet<PersonId> changed = [];

    sealed class Seen
    {
        public long? HereAt { get; set; }

        public long? ActiveAt { get; set; }
    }

    /// <summary>Whether somebody is here, as far as they want it known.</summary>
    public Presence Of(PersonId person) => now.GetValueOrDefault(person);

    /// <summary>Whether somebody wants it known to nobody, as of the last few seconds.</summary>
    public bool Hides(PersonId person) => hidden.Contains(person);

    /// <summary>Who is here, as far as they want it known: those who are active first.</summary>
    /// <param name="limit">As many at most.</param>
    public IReadOnlyCollection<PersonId> Here(int limit) => [.. now.Where(p => p.Value != Presence.Offline).OrderByDescending(p => p.Value).Take(limit).Select(p => p.Key)];

    /// <summary>Looks who is here; to be called about once a second.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        foreach (var page in live.Open())
        {
            if (page.Ended.IsCancellationRequested) continue;
            if (!seen.TryGetValue(page.Holder.Person, out var person)) seen[page.Holder.Person] = person = new Seen();
            person.HereAt = time.GetTimestamp();
            if (page.View.IsWatched) person.ActiveAt = person.HereAt;
        }
        foreach (var (person, when) in seen)
        {
            if (Of(when) == Presence.Offline) seen.Remove(person);
        }

        if (time.GetElapsedTime(sharedAt) >= ShareEvery)
        {
            sharedAt = time.GetTimestamp();
            hidden = [.. await sql.AllAsync($"select id from people where hides_presence = @yes", row => new PersonId(row.GetInt64(0)), ct, ("@yes", true))];
            if (database.IsShared) await ShareAsync(ct);
        }
        Compare();
    }

    /// <summary>Who has come or gone since this was last asked.</summary>
    public IReadOnlySet<PersonId> TakeChanges()
    {
        var taken = changed;
        changed = [];
        return taken;
    }

    Presence Of(Seen person) =>
        IsWithin(person.ActiveAt, Grace) ? Presence.Active :
        IsWithin(person.HereAt, Leaving) ? Presence.Away : Presence.Offline;

    bool IsWithin(long? at, TimeSpan limit) => at is { } then && time.GetElapsedTime(then) < limit;

    void Compare()
    {
        var next = new ConcurrentDictionary<PersonId, Presence>(elsewhere);
        foreach (var (person, when) in seen)
        {
            var here = Of(when);
            next.AddOrUpdate(person, here, (_, there) => here > there ? here : there);
        }
        foreach (var person in hidden) next.TryRemove(person, out _);

        foreach (var (person, presence) in next)
        {
            if (Of(person) != presence) changed.Add(person);
        }
        foreach (var (person, presence) in now)
        {
            if (presence != next.GetValueOrDefault(person)) changed.Add(person);
        }
        now = next;
    }

    // By the database's clock: those of the nodes may differ.
    async Task ShareAsync(CancellationToken ct)
    {
        const string Now = "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
        var (active, away) = (Join(Presence.Active), Join(Presence.Away));
        await writes.WriteAsync(session =>
        {
            session.Execute($"insert into attendance (node, at_ms, active, away) values (@node, {Now}, @active, @away) on conflict (node) do update set at_ms = excluded.at_ms, active = excluded.active, away = excluded.away",
                ("@node", node), ("@active", active), ("@away", away));
            return session.Execute($"delete from attendance where at_ms < {Now} - @life", ("@life", (long)NodeLifetime.TotalMilliseconds));
        }, ct);

        var others = await sql.AllAsync("select active, away from attendance where node <> @node", row => (Active: Split(row.GetString(0)), Away: Split(row.GetString(1))), ct, ("@node", node));
        elsewhere = [];
        foreach (var person in others.SelectMany(o => o.Away)) elsewhere[person] = Presence.Away;
        foreach (var person in others.SelectMany(o => o.Active)) elsewhere[person] = Presence.Active;
    }

    string Join(Presence presence) => string.Join(',', seen.Where(s => Of(s.Value) == presence).Select(s => s.Key));

    static IEnumerable<PersonId> Split(string people) =>
        people.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => new PersonId(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)));
}
