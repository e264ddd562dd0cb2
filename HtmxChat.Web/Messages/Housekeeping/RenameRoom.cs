using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Housekeeping;

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

/// <summary>Gives a room a new name: who made it may, and an administrator.</summary>
public sealed class RenameRoom(GroupCommit writes, RoomNews news, RoomWatch watch, AuditTrail audit)
{
    /// <param name="room">A room that the person may read.</param>
    public async Task<RenameOutcome> RunAsync(RoomId room, PersonId person, Role role, string? text, CancellationToken ct)
    {
        if (RoomName.Parse(text, out var refusal) is not { } name) return new RenameOutcome.Refused(refusal!);

        var (outcome, noted) = await writes.WriteAsync(room, sql => Store(sql, room, person, role, name), ct);
        if (noted is null) return outcome;

        await news.TellAsync(noted);
        await watch.ChangedAsync();
        await audit.AddAsync(new AuditAct(AuditKind.RoomRenamed, person, About: name.Text), CancellationToken.None);
        return outcome;
    }

    static (RenameOutcome Outcome, RoomNews.Noted? Noted) Store(SqlSession sql, RoomId room, PersonId person, Role role, RoomName name)
    {
        RoomSql.Lock(sql, room);
        if (RoomSql.Find(sql, room) is not { } before || (before.Owner != person && role != Role.Administrator)) return (new RenameOutcome.NotFound(), null);

        var key = name.KeyFor(before.Kind);
        if (sql.First("select 1 from rooms where name_key = @key and id <> @room", _ => true, ("@key", key), ("@room", room.Value)))
            return (new RenameOutcome.Refused(new($"There is already a room called {name.Text}.")), null);

        sql.Execute("update rooms set name = @name, name_key = @key where id = @room", ("@name", name.Text), ("@key", key), ("@room", room.Value));
        return (new RenameOutcome.Renamed(name), RoomNews.Note(sql, before));
    }
}
