using System.Globalization;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>
/// Takes live connections away from people who may not read the room any more: at once on every node that hears of it,
/// and within about <see cref="Interval"/> where the word of it was lost.
/// </summary>
public sealed class RoomWatch(LiveConnections live, RoomDirectory rooms, Sidebar sidebar, SqlReader sql, SiteDirectory sites, IRelay relay, TimeProvider time, ILogger<RoomWatch> logger) : RegularWork(Interval, time, logger)
{
    /// <summary>The time between two questions. A connection has to be closed within 2 s, and a busy node needs some of them.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    const int MaxAskedAtOnce = 500;

    // In place of a person's number: something about the rooms themselves.
    const string Everybody = "*";

    Listening? listening;

    /// <summary>Says that a person's memberships have changed. The change has been committed.</summary>
    public Task ChangedAsync(PersonId person) => SayAsync(person.ToString());

    /// <summary>Says that a room itself has changed, or who may read it. The change has been committed.</summary>
    public Task ChangedAsync() => SayAsync(Everybody);

    public override void Dispose()
    {
        listening?.Dispose();
        base.Dispose();
    }

    protected override string Failure => "Who may read the rooms of the open connections could not be looked up";

    public override async Task LookAsync(CancellationToken ct)
    {
        listening ??= await ListenAsync(ct);
        await LookAsync(_ => true, ct);
    }

    async Task SayAsync(string who)
    {
        relay.Publish(Channel(sites.Current), Encoding.ASCII.GetBytes(who));
        await HearAsync(who);
    }

    // Nobody reads before the site has been set up, and until then it has no channel of its own.
    async Task<Listening?> ListenAsync(CancellationToken ct) =>
        await sites.FindAsync(ct) is { } site ? relay.Listen(Channel(site), message => _ = HearAsync(Encoding.ASCII.GetString(message.Span))) : null;

    async Task HearAsync(string who)
    {
        try
        {
            if (who == Everybody)
            {
                rooms.ForgetAll();
                sidebar.HasChanged();
                await LookAsync(_ => true, CancellationToken.None);
            }
            else if (long.TryParse(who, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                rooms.Forget(new PersonId(id));
                sidebar.HasChanged(new PersonId(id));
                await LookAsync(person => person.Value == id, CancellationToken.None);
            }
        }
        catch (Exception e)
        {
            // The next look asks again.
            Log(e);
        }
    }

    async Task LookAsync(Func<PersonId, bool> concerns, CancellationToken ct)
    {
        var readers = live.Readers().Where(r => concerns(r.Person)).ToList();
        if (readers.Count == 0) return;

        // They are numbers of ours, so they can stand in the text.
        var open = (await sql.AllAsync(
            $"select id from rooms where id in ({string.Join(',', readers.Select(r => r.Room).Distinct())}) and kind = {RoomKind.Open:D}",
            row => new RoomId(row.GetInt64(0)), ct)).ToHashSet();
        foreach (var asked in readers.Where(r => !open.Contains(r.Room)).Chunk(MaxAskedAtOnce))
        {
            var members = (await sql.AllAsync(
                $"select room_id, person_id from memberships where (room_id, person_id) in (values {string.Join(',', asked.Select(r => $"({r.Room},{r.Person})"))}) and room_id not in (select id from rooms where kind = {RoomKind.Deleted:D})",
                row => (Room: new RoomId(row.GetInt64(0)), Person: new PersonId(row.GetInt64(1))), ct)).ToHashSet();
            foreach (var (room, person) in asked.Where(r => !members.Contains(r)))
            {
                rooms.Forget(person);
                live.End(person, room);
            }
        }
    }

    static string Channel(Site site) => $"{site.Epoch}:access";
}
