using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>Lets the world read an open room, and takes it back: the first is for administrators, the second also for the room's owner.</summary>
public sealed class PublishRoom(GroupCommit writes, RoomWatch watch, IQuotingRooms quoting, AuditTrail audit)
{
    /// <summary>Whether somebody may make a room public. It has to be an open one: whoever opens a closed room knows that all its people's words are shown.</summary>
    public static bool IsFor(Viewer viewer, ManagedRoom managed, Site site) =>
        viewer.IsAdministrator && site.RoomsMayBePublic && managed is { MayRead: true, Room.Kind: RoomKind.Open };

    /// <summary>Lets the world read a room. The caller has found that this person may do so.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Refusal?> RunAsync(ManagedRoom managed, PersonId by, WorldReads reads, CancellationToken ct)
    {
        var about = reads == WorldReads.Everything ? $"{managed.Room.Name}, with what was said before" : managed.Room.Name;
        var note = audit.Adding(new AuditAct(AuditKind.RoomMadePublic, by, About: about));
        if (!await writes.WriteAsync(managed.Room.Id, session => Store(session, managed.Room.Id, reads, note), ct)) return new("Rooms cannot be made public any more, or this one is not open now.");

        await quoting.HaveChangedAsync(managed.Room.Id);
        await watch.ChangedAsync();
        return null;
    }

    /// <summary>Takes a room from the world; those who have joined do not notice.</summary>
    public async Task TakeBackAsync(ManagedRoom managed, PersonId by, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(AuditKind.RoomTakenFromWorld, by, About: managed.Room.Name));
        await writes.WriteAsync(managed.Room.Id, session =>
        {
            TakeBack(session, managed.Room.Id);
            QuotedSql.NoteAll(session, managed.Room.Id);
            note(session);
            return true;
        }, ct);
        await quoting.HaveChangedAsync(managed.Room.Id);
        await watch.ChangedAsync();
    }

    /// <summary>Takes a room from the world inside the caller's transaction.</summary>
    public static void TakeBack(SqlSession session, RoomId room) => session.Execute("update rooms set world_from_seq = null where id = @room", ("@room", room.Value));

    /// <summary>Takes all rooms from the world inside the caller's transaction: what is said from then on is not shown when rooms may be public once more.</summary>
    public static void TakeAllBack(SqlSession session) => session.Execute("update rooms set world_from_seq = null where world_from_seq is not null");

    static bool Store(SqlSession session, RoomId room, WorldReads reads, Action<SqlSession> note)
    {
        // Between reading its number and opening it nothing may be said.
        RoomSql.Lock(session, room);
        var isPublic = session.Execute(
            $"""
            update rooms set world_from_seq = {(reads == WorldReads.Everything ? "0" : "last_seq + 1")}
            where id = @room and kind = {RoomKind.Open:D} and exists (select 1 from sites where rooms_may_be_public)
            """,
            ("@room", room.Value)) > 0;
        if (!isPublic) return false;

        QuotedSql.NoteAll(session, room);
        note(session);
        return true;
    }
}
