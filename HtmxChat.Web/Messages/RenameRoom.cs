using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>What came of giving a room a new name.</summary>
public abstract record RenameOutcome
{
    /// <summary>It is on disk and on its way to every page that shows the room.</summary>
    public sealed record Renamed(RoomName Name) : RenameOutcome;

    /// <summary>The name cannot be taken.</summary>
    public sealed record Refused(Refusal Why) : RenameOutcome;

    /// <summary>There is no such room, or it is not this person's to name.</summary>
    public sealed record NotFound : RenameOutcome;
}

/// <summary>Gives a room a new name: who made it may, and an administrator. It is an event of the room's log, like posting.</summary>
public sealed class RenameRoom(GroupCommit writes, RoomDirectory rooms, RoomHeading heading, RoomLogs logs, AuditTrail audit)
{
    /// <param name="room">A room that the person may read.</param>
    public async Task<RenameOutcome> RunAsync(RoomId room, PersonId person, Role role, string? text, CancellationToken ct)
    {
        if (RoomName.Parse(text, out var refusal) is not { } name) return new RenameOutcome.Refused(refusal!);

        var (outcome, seq) = await writes.WriteAsync(room, sql => Store(sql, room, person, role, name), ct);
        if (outcome is not RenameOutcome.Renamed) return outcome;

        // It has been committed, so nobody's cancellation may stop it.
        rooms.Forget();
        logs.Offer(room, await heading.EventAsync(seq, name.Text, CancellationToken.None));
        await audit.AddAsync(new AuditAct(AuditKind.RoomRenamed, person, About: name.Text), CancellationToken.None);
        return outcome;
    }

    static (RenameOutcome Outcome, long Seq) Store(SqlSession sql, RoomId room, PersonId person, Role role, RoomName name)
    {
        RoomSql.Lock(sql, room);
        var (maker, kind) = sql.First("select created_by_id, kind from rooms where id = @room", row => (row.GetInt64(0), (RoomKind)row.GetInt32(1)), ("@room", room.Value));
        if (maker == 0 || (maker != person.Value && role != Role.Administrator)) return (new RenameOutcome.NotFound(), 0);

        var key = name.KeyFor(kind);
        if (sql.First("select 1 from rooms where name_key = @key and id <> @room", _ => true, ("@key", key), ("@room", room.Value)))
            return (new RenameOutcome.Refused(new($"There is already a room called {name.Text}.")), 0);

        var seq = EventSql.NextSeq(sql, room);
        sql.Execute("update rooms set name = @name, name_key = @key where id = @room", ("@name", name.Text), ("@key", key), ("@room", room.Value));
        EventSql.Insert(sql, room, seq, RoomChange.Renamed, message: null);
        return (new RenameOutcome.Renamed(name), seq);
    }
}
