using System.Data.Common;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace HtmxChat.Web.Rooms;

/// <summary>The rooms that people may enter. The one place that decides who may read and write where.</summary>
/// <remarks>
/// Every page and every post asks it, so the answers are kept in memory: until something is changed here, and for at most
/// <see cref="KeepTime"/>, because it may be changed on another node.
/// </remarks>
public sealed class RoomDirectory(IServiceScopeFactory scopes, SqlReader sql, SiteDirectory sites, Unread unread, Attendance attendance, AuditTrail audit, Caches caches, TimeProvider time) : IDisposable
{
    static readonly TimeSpan KeepTime = TimeSpan.FromSeconds(2);

    /// <summary>As many public rooms are listed.</summary>
    public const int MaxPublic = 500;

    const int MaxPeople = 20_000;
    const string RoomColumns = $"{RoomSql.Columns}, {RoomSql.HeadColumns}";

    // The room of a row of rooms as r. The setting of the site goes before what was set for the room.
    static readonly string IsPublic = $"r.kind = {RoomKind.Open:D} and r.world_from_seq is not null and exists (select 1 from sites where rooms_may_be_public)";

    // In a direct room each person sees the others' names; alone in one from the beginning, their own.
    const string OthersNames =
        "(select string_agg(p.display_name, ', ' order by p.display_name) from memberships o join people p on p.id = o.person_id where o.room_id = r.id and o.person_id <> m.person_id)";

    const string OnlyOther = "(select min(o.person_id) from memberships o where o.room_id = r.id and o.person_id <> m.person_id having count(*) = 1)";

    readonly MemoryCache memberships = caches.New(MaxPeople);
    volatile Kept? kept;

    // How often something was forgotten, of the rooms and of somebody's own: what was being read meanwhile may be from before.
    long openForgotten;
    long forgotten;

    // What is somebody's own about rooms: where they are members, and where they have typed something.
    sealed record Mine(IReadOnlyDictionary<RoomId, Membership> Rooms, HashSet<RoomId> Drafts);

    // The rooms that everybody may enter.
    sealed record Kept(IReadOnlyDictionary<RoomId, Room> ById, long At, long Forgotten);

    /// <summary>The rooms that stand in a person's list, by name: all that they may enter, but for archived ones and those that they have hidden.</summary>
    public async ValueTask<IReadOnlyList<ListedRoom>> ListAsync(PersonId person, CancellationToken ct) =>
        ByName(person, (await EnterableAsync(person, ct)).Where(r => r.Involvement != Involvement.Hidden && !r.Room.IsArchived));

    /// <summary>All rooms that a person may enter, by name.</summary>
    public async ValueTask<IReadOnlyList<ListedRoom>> ListAllAsync(PersonId person, CancellationToken ct) => ByName(person, await EnterableAsync(person, ct));

    /// <summary>The same with what stands beside the room as it is now. The person's list was asked for before.</summary>
    public ListedRoom Now(PersonId person, ListedRoom listed) => listed with
    {
        Mark = unread.Of(person, listed.Room).For(listed.Involvement) with { HasDraft = listed.HasDraft },
        Presence = listed.Room.Other is { } other ? attendance.Of(other) : null,
    };

    /// <summary>The rooms that everybody may enter; the same list until one of them changes.</summary>
    public async ValueTask<object> OpenRoomsAsync(CancellationToken ct) => (await OpenAsync(ct)).ById;

    /// <summary>A room that a person may enter; null when there is none, or none for this person.</summary>
    public async ValueTask<RoomAccess?> FindAsync(RoomId room, Viewer viewer, CancellationToken ct)
    {
        if (await KnownAsync(room, viewer, ct) is { } known) return known;

        // It may have been made a moment ago, here or on another node.
        Forget();
        Forget(viewer.Id);
        return await KnownAsync(room, viewer, ct);
    }

    /// <summary>A room that the world may read; null when there is none, or none for the world.</summary>
    /// <remarks>Asked of the database each time: once a room was taken from the world, no node shows any more of it.</remarks>
    public async ValueTask<RoomAccess?> FindForWorldAsync(RoomId room, CancellationToken ct) =>
        await PublicAsync("and r.id = @room", ct, ("@room", room.Value)) is [var found] ? RoomAccess.OfWorld(found) : null;

    /// <summary>The rooms that the world may read, by name; the first <see cref="MaxPublic"/>.</summary>
    public ValueTask<List<Room>> PublicAsync(CancellationToken ct) => PublicAsync($"order by lower(r.name), r.id limit {MaxPublic}", ct);

    /// <summary>A room that a person may change and delete: its owner and administrators; null when there is none for them.</summary>
    public async ValueTask<ManagedRoom?> FindManagedAsync(RoomId room, Viewer viewer, CancellationToken ct)
    {
        if (await FindAsync(room, viewer, ct) is { } access) return access.MayManage ? new ManagedRoom(access.Room, MayRead: true) : null;
        if (!viewer.IsAdministrator) return null;

        var closed = await sql.AllAsync($"select {RoomColumns} from rooms r where r.id = @room and r.kind = {RoomKind.Closed:D}", row => Read(row, row.GetString(2)), ct, ("@room", room.Value));
        return closed is [var found] ? new ManagedRoom(found, MayRead: false) : null;
    }

    /// <summary>Whether a person may make rooms, as the site is set.</summary>
    public static bool MayCreate(Viewer viewer, Site site) => viewer.IsAdministrator || (viewer.Role == Role.Member && site.RoomMakers == RoomMakers.Members);

    /// <summary>Makes a room. The caller has found that the person may.</summary>
    /// <returns>Null when it would be open and there is an open one of that name.</returns>
    public async Task<Room?> CreateAsync(RoomName name, Topic topic, RoomKind kind, PersonId creator, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var room = await CreateAsync(scope.ServiceProvider.GetRequiredService<ChatDb>(), name, topic, kind, creator, ct);
        if (room is not null) await audit.AddAsync(new AuditAct(AuditKind.RoomMade, creator, About: room.Name), CancellationToken.None);
        return room;
    }

    /// <summary>Makes a room inside the caller's transaction.</summary>
    /// <returns>Null when it would be open and there is an open one of that name.</returns>
    public async Task<Room?> CreateAsync(ChatDb db, RoomName name, Topic topic, RoomKind kind, PersonId creator, CancellationToken ct)
    {
        var key = name.KeyFor(kind);
        if (await db.Set<RoomRow>().AnyAsync(r => r.NameKey == key, ct)) return null;

        var row = new RoomRow { Name = name.Text, NameKey = key, Topic = topic.Text, Kind = kind, CreatedById = creator.Value, CreatedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            if (kind == RoomKind.Closed)
            {
                db.Add(new MembershipRow { RoomId = row.Id, PersonId = creator.Value, AddedAtMs = row.CreatedAtMs });
                await db.SaveChangesAsync(ct);
            }
            if (transaction is not null) await transaction.CommitAsync(ct);
        }
        catch (DbUpdateException) when (db.Set<RoomRow>().Any(r => r.NameKey == key))
        {
            return null;
        }
        Forget();
        Forget(creator);
        return new Room(new RoomId(row.Id), row.Name, row.Topic) { Kind = kind, Owner = creator };
    }

    /// <summary>Has the rooms read anew when they are next asked for: one of them was changed.</summary>
    public void Forget() => Interlocked.Increment(ref openForgotten);

    /// <summary>Has a person's memberships read anew when they are next asked for.</summary>
    public void Forget(PersonId person)
    {
        Interlocked.Increment(ref forgotten);
        memberships.Remove(person);
    }

    /// <summary>Has everything read anew when it is next asked for.</summary>
    public void ForgetAll()
    {
        Forget();
        Interlocked.Increment(ref forgotten);
        memberships.Clear();
    }

    /// <summary>Whether a person may read a room, as the database has it now and not as it is remembered here.</summary>
    public async Task<bool> MayStillReadAsync(RoomId room, PersonId person, CancellationToken ct)
    {
        var found = await sql.AllAsync(
            $"select 1 from rooms where id = @room and kind <> {RoomKind.Deleted:D} and (kind = {RoomKind.Open:D} or exists (select 1 from memberships where room_id = @room and person_id = @person))",
            row => row.GetInt32(0), ct, ("@room", room.Value), ("@person", person.Value));
        return found.Count > 0;
    }

    public void Dispose() => memberships.Dispose();

    async ValueTask<IEnumerable<ListedRoom>> EnterableAsync(PersonId person, CancellationToken ct)
    {
        var (mine, drafts) = await MineAsync(person, ct);
        var open = (await OpenAsync(ct)).ById.Values.Where(r => !mine.ContainsKey(r.Id)).Select(r => new ListedRoom(r, Involvement.Everything, IsFavourite: false));
        await unread.LoadAsync(person, ct);
        return mine.Values.Select(m => new ListedRoom(m.Room, m.Involvement, m.IsFavourite)).Concat(open).Select(r => r with { HasDraft = drafts.Contains(r.Room.Id) });
    }

    List<ListedRoom> ByName(PersonId person, IEnumerable<ListedRoom> rooms) => [.. rooms.OrderBy(r => r.Room.Name, StringComparer.OrdinalIgnoreCase).Select(r => Now(person, r))];

    async ValueTask<RoomAccess?> KnownAsync(RoomId room, Viewer viewer, CancellationToken ct)
    {
        if ((await MineAsync(viewer.Id, ct)).Rooms.GetValueOrDefault(room) is { } membership) return RoomAccess.Of(membership.Room, viewer, membership);
        return (await OpenAsync(ct)).ById.GetValueOrDefault(room) is { } open ? RoomAccess.Of(open, viewer, null) : null;
    }

    async ValueTask<List<Room>> PublicAsync(string end, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        // On nearly every site there is none, and whoever is not signed in is to cost next to nothing there.
        if (await sites.FindAsync(ct) is not { RoomsMayBePublic: true }) return [];

        return await sql.AllAsync($"select {RoomColumns} from rooms r where {IsPublic} {end}", row => RoomSql.Read(row, first: 0), ct, parameters);
    }

    async ValueTask<Kept> OpenAsync(CancellationToken ct)
    {
        var asked = Volatile.Read(ref openForgotten);
        if (caches.AreOn && kept is { } rooms && rooms.Forgotten == asked && time.GetElapsedTime(rooms.At) < KeepTime) return rooms;

        var at = time.GetTimestamp();
        var all = await sql.AllAsync($"select {RoomColumns} from rooms r where r.kind = {RoomKind.Open:D}", row => Read(row, row.GetString(2)), ct);
        var byId = all.ToDictionary(r => r.Id);
        return kept = new Kept(kept is { } before && AreSame(before.ById, byId) ? before.ById : byId, at, asked);
    }

    static bool AreSame(IReadOnlyDictionary<RoomId, Room> before, Dictionary<RoomId, Room> now) =>
        before.Count == now.Count && now.All(r => before.TryGetValue(r.Key, out var room) && room == r.Value);

    async ValueTask<Mine> MineAsync(PersonId person, CancellationToken ct)
    {
        if (memberships.TryGetValue(person, out Mine? known)) return known!;

        var asked = Volatile.Read(ref forgotten);
        var found = await sql.AllAsync(
            $"""
            select {RoomColumns}, m.from_seq, m.involvement, m.is_favourite, case when r.name_key like '%,%' then @former else me.display_name end,
              case when r.kind = {RoomKind.Direct:D} then {OthersNames} end, case when r.kind = {RoomKind.Direct:D} then {OnlyOther} end
            from memberships m join rooms r on r.id = m.room_id join people me on me.id = m.person_id where m.person_id = @person and r.kind <> {RoomKind.Deleted:D}
            """,
            row => new Membership(Read(row, NameOf(row)) with { Other = row.IsDBNull(18) ? null : new PersonId(row.GetInt64(18)) }, row.GetInt64(13), (Involvement)row.GetInt32(14), row.GetBoolean(15)),
            ct, ("@person", person.Value), ("@former", ClosedAccount.Name));
        var drafts = await sql.AllAsync("select room_id from drafts where person_id = @person and thread_seq = 0", row => new RoomId(row.GetInt64(0)), ct, ("@person", person.Value));
        var mine = new Mine(found.ToDictionary(m => m.Room.Id), [.. drafts]);

        // With a membership comes a place, in one transaction: with older places the room would be unread as a whole.
        unread.Outdate(person);
        if (Volatile.Read(ref forgotten) == asked) memberships.Set(person, mine, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = KeepTime });
        if (Volatile.Read(ref forgotten) != asked) memberships.Remove(person);
        return mine;
    }

    static string NameOf(DbDataReader row) => (RoomKind)row.GetInt32(1) != RoomKind.Direct ? row.GetString(2) : row.IsDBNull(17) ? row.GetString(16) : row.GetString(17);

    Room Read(DbDataReader row, string name)
    {
        var room = RoomSql.Read(row, first: 0) with { Name = name };
        unread.HeadIs(room.Id, RoomSql.ReadHead(row, RoomSql.ColumnCount));
        return room;
    }
}
