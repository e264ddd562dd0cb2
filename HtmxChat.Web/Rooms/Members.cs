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

/// <summary>Who is in a room: the list, adding, removing, leaving.</summary>
public sealed class Members(SqlReader sql, GroupCommit writes, RoomWatch watch, AuditTrail audit, TimeProvider time)
{
    /// <summary>As many are listed at a time.</summary>
    public const int MaxListed = 500;

    /// <summary>Everybody who may read a room, by name: in an open one everybody who has joined.</summary>
    public Task<List<Member>> ListAsync(Room room, CancellationToken ct) => room.Kind == RoomKind.Open
        ? EverybodyAsync(ct)
        : ReadAsync("exists (select 1 from memberships m where m.room_id = @room and m.person_id = p.id)", ct, ("@room", room.Id.Value));

    /// <summary>Everybody who has joined, by name.</summary>
    public Task<List<Member>> EverybodyAsync(CancellationToken ct) => ReadAsync("1 = 1", ct);

    Task<List<Member>> ReadAsync(string condition, CancellationToken ct, params (string Name, object? Value)[] parameters) => sql.AllAsync(
        $"""
        select p.id, p.display_name, p.user_name, p.picture, p.role from people p
        where p.standing = {Standing.Active:D} and {condition} order by lower(p.display_name), p.id limit {MaxListed}
        """,
        row => new Member(new PersonId(row.GetInt64(0)), row.GetString(1), row.GetString(2)) { Picture = row.IsDBNull(3) ? null : row.GetString(3), IsGuest = row.GetInt32(4) == (int)Role.Guest }, ct, parameters);

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
        return session.Execute("delete from memberships where room_id = @room and person_id = @person", ("@room", room.Value), ("@person", person.Value)) > 0;
    }

    bool Add(SqlSession session, RoomId room, PersonId person)
    {
        // Between reading its number and letting somebody in nothing may be said.
        RoomSql.Lock(session, room);
        return session.Execute(
            $"""
            insert into memberships (room_id, person_id, involvement, is_favourite, from_seq, added_at_ms)
            select r.id, p.id, {Involvement.Everything:D}, @no, case when r.shows_history then 0 else r.last_seq + 1 end, @now
            from rooms r join people p on p.id = @person and p.standing = {Standing.Active:D} where r.id = @room and r.kind = {RoomKind.Closed:D}
            on conflict do nothing
            """,
            ("@room", room.Value), ("@person", person.Value), ("@no", false), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds())) > 0;
    }
}
