using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>What a person sets about rooms for themselves alone.</summary>
public sealed class MyRooms(GroupCommit writes, RoomWatch watch, TimeProvider time)
{
    /// <summary>How much of a room somebody wants to be told of, and whether it stands on top.</summary>
    /// <param name="access">Of that person.</param>
    public async Task SetAsync(Viewer viewer, RoomAccess access, Involvement involvement, bool isFavourite, CancellationToken ct)
    {
        await writes.WriteAsync(access.Room.Id, session => Store(session, access.Room.Id, viewer.Id, involvement, isFavourite), ct);
        await watch.ChangedAsync(viewer.Id);
    }

    // Where a membership is what lets somebody in, there is one or this makes none: it may have been taken away just now.
    bool Store(SqlSession session, RoomId room, PersonId person, Involvement involvement, bool isFavourite)
    {
        RoomSql.Lock(session, room);
        return session.Execute(
            $"""
            insert into memberships (room_id, person_id, involvement, is_favourite, from_seq, added_at_ms)
            select r.id, @person, @involvement, @favourite, 0, @now from rooms r
            where r.id = @room and (r.kind = {RoomKind.Open:D} or exists (select 1 from memberships m where m.room_id = r.id and m.person_id = @person))
            on conflict (room_id, person_id) do update set involvement = excluded.involvement, is_favourite = excluded.is_favourite
            """,
            ("@room", room.Value), ("@person", person.Value), ("@involvement", (int)involvement), ("@favourite", isFavourite),
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds())) > 0;
    }
}
