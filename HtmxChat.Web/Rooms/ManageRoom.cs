using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>Changes how a room is set and archives it: for its owner and for administrators.</summary>
public sealed class ManageRoom(SqlReader sql, GroupCommit writes, RoomNews news, RoomWatch watch, IQuotingRooms quoting, AuditTrail audit, TimeProvider time)
{
    /// <summary>How the room is set now.</summary>
    public async Task<RoomSettings> SettingsAsync(Room room, CancellationToken ct) => (await sql.AllAsync(
        "select topic, icon, posting, kind, shows_history, keep_days, calling_all, shows_previews from rooms where id = @room",
        row => new RoomSettings(Topic.Parse(row.GetString(0), out _)!, RoomIcon.Parse(row.GetString(1), out _)!, (PostingRule)row.GetInt32(2), (RoomKind)row.GetInt32(3), row.GetBoolean(4), KeepTime.Of(row.IsDBNull(5) ? null : row.GetInt32(5))) { CallingAll = (PostingRule)row.GetInt32(6), ShowsPreviews = row.GetBoolean(7) },
        ct, ("@room", room.Id.Value))).Single();

    /// <returns>Why not; null when it is done.</returns>
    public async Task<Refusal?> SetAsync(ManagedRoom managed, PersonId by, RoomSettings settings, CancellationToken ct)
    {
        if (settings.Kind is RoomKind.Direct or RoomKind.Deleted || managed.Room.Kind == RoomKind.Direct) return new("A direct conversation stays what it is.");
        if (!managed.MayRead && settings.Kind != managed.Room.Kind) return new("Only its members can open a closed room to everybody.");

        var (noted, refusal) = await writes.WriteAsync(managed.Room.Id, session => Store(session, managed.Room.Id, settings), ct);
        if (noted is null) return refusal;

        if (settings.Kind != managed.Room.Kind) await quoting.HaveChangedAsync(managed.Room.Id);
        await news.TellAsync(noted);
        await watch.ChangedAsync();
        await audit.AddAsync(new AuditAct(AuditKind.RoomChanged, by, About: managed.Room.Name), CancellationToken.None);
        return null;
    }

    /// <summary>Archives a room, in which nobody writes any more, or opens it again; does nothing when that is so already.</summary>
    public async Task ArchiveAsync(ManagedRoom managed, PersonId by, bool isArchived, CancellationToken ct)
    {
        long? at = isArchived ? time.GetUtcNow().ToUnixTimeMilliseconds() : null;
        if (await writes.WriteAsync(managed.Room.Id, session => Archive(session, managed.Room.Id, at), ct) is not { } noted) return;

        await news.TellAsync(noted);
        await watch.ChangedAsync();
        await audit.AddAsync(new AuditAct(isArchived ? AuditKind.RoomArchived : AuditKind.RoomOpenedAgain, by, About: managed.Room.Name), CancellationToken.None);
    }

    static RoomNews.Noted? Archive(SqlSession session, RoomId room, long? at)
    {
        RoomSql.Lock(session, room);
        if (RoomSql.Find(session, room) is not { } before || before.IsArchived == at is not null) return null;

        session.Execute("update rooms set archived_at_ms = @at where id = @room", ("@at", at), ("@room", room.Value));
        return RoomNews.Note(session, before);
    }

    (RoomNews.Noted? Noted, Refusal? Refusal) Store(SqlSession session, RoomId room, RoomSettings settings)
    {
        RoomSql.Lock(session, room);
        if (RoomSql.Find(session, room) is not { } before) return (null, new("There is no such room any more."));
        if (before.Kind != settings.Kind && !TakeName(session, room, RoomName.Parse(before.Name, out _)!, settings.Kind)) return (null, new($"There is an open room called {before.Name} already. Please give this one another name first."));

        session.Execute(
            "update rooms set topic = @topic, icon = @icon, posting = @posting, kind = @kind, shows_history = @history, keep_days = @keep, calling_all = @calling, shows_previews = @previews where id = @room",
            ("@topic", settings.Topic.Text), ("@icon", settings.Icon.Text), ("@posting", (int)settings.Posting), ("@kind", (int)settings.Kind),
            ("@history", settings.ShowsHistory), ("@keep", settings.Keep.Days), ("@calling", (int)settings.CallingAll), ("@previews", settings.ShowsPreviews), ("@room", room.Value));

        if (settings.Kind != before.Kind) QuotedSql.NoteAll(session, room);
        if (settings.Kind == RoomKind.Closed && before.Kind != RoomKind.Closed) Close(session, room);
        if (settings.Kind != RoomKind.Closed && before.Kind == RoomKind.Closed)
            session.Execute("update memberships set from_seq = 0 where room_id = @room", ("@room", room.Value));
        return (RoomNews.Note(session, before), null);
    }

    static bool TakeName(SqlSession session, RoomId room, RoomName name, RoomKind kind) => session.Execute(
        "update rooms set name_key = @key where id = @room and not exists (select 1 from rooms where name_key = @key)",
        ("@key", name.KeyFor(kind)), ("@room", room.Value)) > 0;

    // Its members are then its owner and whoever has written in it. What others had set for themselves would let them in.
    void Close(SqlSession session, RoomId room)
    {
        PublishRoom.TakeBack(session, room);
        // Their messages are gone through once, and not for each person: everybody else who writes waits meanwhile.
        const string Stays = "(p.id = r.created_by_id or p.id in (select t.author_id from messages t where t.room_id = @room))";
        session.Execute(
            $"delete from memberships where room_id = @room and not exists (select 1 from rooms r join people p on p.id = memberships.person_id where r.id = memberships.room_id and {Stays})",
            ("@room", room.Value));
        session.Execute(
            $"""
            insert into memberships (room_id, person_id, involvement, is_favourite, from_seq, added_at_ms)
            select r.id, p.id, {Involvement.Everything:D}, @no, 0, @now from rooms r join people p on p.standing <> {Standing.Former:D} and {Stays} where r.id = @room
            on conflict do nothing
            """,
            ("@room", room.Value), ("@no", false), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
    }
}
