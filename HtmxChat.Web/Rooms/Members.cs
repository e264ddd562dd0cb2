using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>Somebody who may read a room.</summary>
public sealed record Member(PersonId Id, string Name, string Handle)
{
    /// <summary>Names the picture; null while there is none.</summary>
    public string? Picture { get; init; }

    /// <summary>Whether they came by name alone.</summary>
    public bool IsGuest { get; init; }

    public Face Face => new(Id, Name, Picture);
}

/// <summary>Who is in a room: finding them, adding, removing, leaving.</summary>
public sealed class Members(SqlReader sql, GroupCommit writes, Attendance attendance, RoomWatch watch, AuditTrail audit, TimeProvider time)
{
    /// <summary>As many are listed at a time, and so as many are chosen in one form.</summary>
    public const int MaxListed = 500;

    const string IsMember = "exists (select 1 from memberships m where m.room_id = @room and m.person_id = p.id)";

    static readonly string HasJoined = $"p.standing = {Standing.Active:D}";

    /// <summary>Those who may read a room, by name.</summary>
    /// <param name="viewer">Stands first.</param>
    public Task<FoundPeople> FindAsync(Room room, PersonId viewer, NameSearch search, CancellationToken ct) =>
        FindAsync(Of(room), search, chosen: [], first: $"p.id = {viewer}", ct);

    /// <summary>Everybody who has joined, by name.</summary>
    /// <param name="chosen">Stand first, whether the search finds them or not.</param>
    public Task<FoundPeople> FindEverybodyAsync(NameSearch search, IReadOnlyCollection<PersonId> chosen, CancellationToken ct) =>
        FindAsync(new Those(HasJoined), search, chosen, first: null, ct);

    /// <summary>Those who can be let into a closed room, by name.</summary>
    /// <param name="chosen">Stand first, whether the search finds them or not.</param>
    public Task<FoundPeople> FindOthersAsync(Room room, NameSearch search, IReadOnlyCollection<PersonId> chosen, CancellationToken ct) =>
        FindAsync(new Those($"{HasJoined} and not {IsMember}", ("@room", room.Id.Value)), search, chosen, first: null, ct);

    /// <summary>Those who may read a room, by name, and whether they are here. Where not all are listed, those who are here are.</summary>
    public async Task<WhoIsHere> WhoIsHereAsync(Room room, NameSearch search, CancellationToken ct)
    {
        var found = await FindAsync(Of(room), search, chosen: [], first: null, ct);
        if (found.IsCut && attendance.Here(MaxListed) is { Count: > 0 } here)
        {
            // In a query of its own: the first one's text is the same for every panel, and is prepared once.
            var listed = await ListAsync(Of(room).And(search).And(IsOneOf(here)), first: null, ct);
            found = found with { People = [.. listed.Concat(found.People.ExceptBy(listed.Select(p => p.Id), p => p.Id)).Take(MaxListed)] };
        }
        return new WhoIsHere(room.Id, [.. found.People.Select(p => (p, attendance.Of(p.Id)))], found);
    }

    async Task<FoundPeople> FindAsync(Those which, NameSearch search, IReadOnlyCollection<PersonId> chosen, string? first, CancellationToken ct)
    {
        var found = chosen.Count == 0 ? which.And(search) : which.And(search, or: IsOneOf(chosen));
        var people = await ListAsync(found, chosen.Count == 0 ? first : IsOneOf(chosen), ct);

        // They are counted only where there are more than one sees.
        var count = people.Count < MaxListed ? people.Count : await CountAsync(found, ct);
        return new FoundPeople(people, count, search.IsEmpty ? count : await CountAsync(which, ct), search) { Chosen = chosen };
    }

    Task<List<Member>> ListAsync(Those which, string? first, CancellationToken ct) => sql.AllAsync(
        $"""
        select p.id, p.display_name, p.user_name, p.picture, p.role from people p where {which.Condition}
        order by {(first is null ? "" : $"case when {first} then 0 else 1 end, ")}lower(p.display_name), p.id limit {MaxListed}
        """,
        row => new Member(new PersonId(row.GetInt64(0)), row.GetString(1), row.GetString(2)) { Picture = row.IsDBNull(3) ? null : row.GetString(3), IsGuest = row.GetInt32(4) == (int)Role.Guest },
        ct, which.Parameters);

    async Task<long> CountAsync(Those which, CancellationToken ct) =>
        (await sql.AllAsync($"select count(*) from people p where {which.Condition}", row => row.GetInt64(0), ct, which.Parameters)).Single();

    static Those Of(Room room) => room.Kind == RoomKind.Open ? new(HasJoined) : new($"{HasJoined} and {IsMember}", ("@room", room.Id.Value));

    // They are numbers, so they can stand in the text.
    static string IsOneOf(IEnumerable<PersonId> people) => $"p.id in ({string.Join(',', people)})";

    // A condition on people as p.
    readonly record struct Those(string Condition, params (string Name, object? Value)[] Parameters)
    {
        public Those And(string condition) => this with { Condition = $"{Condition} and {condition}" };

        public Those And(NameSearch search) => And(search, or: null);

        public Those And(NameSearch search, string? or) =>
            new($"{Condition} and ({search.Condition}{(or is null ? "" : $" or {or}")})", [.. Parameters, .. search.Parameters]);
    }

    /// <summary>Somebody who has joined, by their handle; null when nobody is called that.</summary>
    public async Task<PersonId?> FindByHandleAsync(string handle, CancellationToken ct) => (await sql.AllAsync(
        $"select p.id from people p where p.normalized_user_name = @key and {HasJoined}", row => (PersonId?)new PersonId(row.GetInt64(0)), ct, ("@key", PlainLine.Key(handle.Normalize())))).SingleOrDefault();

    /// <summary>Lets people into a closed room.</summary>
    /// <param name="access">Of somebody who may manage the room.</param>
    /// <returns>How many were not in it before.</returns>
    public async Task<int> AddAsync(RoomAccess access, PersonId by, IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        if (!access.MayManage || access.Room.Kind != RoomKind.Closed) return 0;

        var added = await writes.WriteAsync(access.Room.Id, session => people.Where(p => Add(session, access.Room.Id, p)).ToList(), ct);
        foreach (var person in added)
        {
            await watch.ChangedAsync(person);
            await audit.AddAsync(new AuditAct(AuditKind.MemberAdded, by, person, access.Room.Name), CancellationToken.None);
        }
        return added.Count;
    }

    /// <summary>Takes somebody out of a closed room: the owner and administrators anybody, everybody else themselves. Who owns the room stays.</summary>
    /// <returns>False when they may not, or there was nobody to take out.</returns>
    public async Task<bool> RemoveAsync(RoomAccess access, Viewer by, PersonId person, CancellationToken ct)
    {
        if (access.Room.Kind != RoomKind.Closed || (person != by.Id && !access.MayManage) || person == access.Room.Owner) return false;

        var isGone = await writes.WriteAsync(access.Room.Id, session => Remove(session, access.Room.Id, person), ct);
        if (!isGone) return false;

        await watch.ChangedAsync(person);
        await audit.AddAsync(new AuditAct(AuditKind.MemberRemoved, by.Id, person, access.Room.Name), CancellationToken.None);
        return true;
    }

    static bool Remove(SqlSession session, RoomId room, PersonId person)
    {
        RoomSql.Lock(session, room);
        return session.Execute("delete from memberships where room_id = @room and person_id = @person and person_id <> (select created_by_id from rooms where id = @room)", ("@room", room.Value), ("@person", person.Value)) > 0;
    }

    bool Add(SqlSession session, RoomId room, PersonId person)
    {
        // Between reading its number and letting somebody in nothing may be said.
        RoomSql.Lock(session, room);
        var isNew = session.Execute(
            $"""
            insert into memberships (room_id, person_id, involvement, is_favourite, from_seq, added_at_ms)
            select r.id, p.id, {Involvement.Everything:D}, @no, case when r.shows_history then 0 else r.last_seq + 1 end, @now
            from rooms r join people p on p.id = @person and p.standing = {Standing.Active:D} where r.id = @room and r.kind = {RoomKind.Closed:D}
            on conflict do nothing
            """,
            ("@room", room.Value), ("@person", person.Value), ("@no", false), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds())) > 0;

        // What was said before they came is no news to them, whether they may read it or not; nor is what was said while they were out.
        if (isNew) ReadPlaceSql.MoveToEnd(session, person, room);
        return isNew;
    }
}
