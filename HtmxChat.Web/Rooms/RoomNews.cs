using HtmxChat.Web.Live;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>Has open pages follow when a room's <see cref="RoomSigns"/> change: each is an event of its log, like a post.</summary>
public sealed class RoomNews(RoomSigns signs, RoomLogs logs)
{
    /// <summary>What was noted of a change.</summary>
    /// <param name="Room">As it is now.</param>
    public sealed record Noted(Room Room, IReadOnlyList<(long Seq, RoomChange Change)> Events);

    /// <summary>Notes what a page shows differently now, inside the transaction that has changed the room.</summary>
    /// <param name="before">The room, which was locked before it was read.</param>
    public static Noted Note(SqlSession sql, Room before)
    {
        var now = RoomSql.Find(sql, before.Id)!;
        var events = new List<(long, RoomChange)>();
        if ((now.Name, now.Topic, now.Icon) != (before.Name, before.Topic, before.Icon)) events.Add(Add(sql, now, RoomChange.HeadingChanged));
        if (now.Writers != before.Writers) events.Add(Add(sql, now, RoomChange.WritersChanged));
        return new Noted(now, events);
    }

    /// <summary>Tells everyone who reads the room. The change has been committed, so nobody's cancellation may stop it.</summary>
    public async Task TellAsync(Noted noted)
    {
        foreach (var (seq, change) in noted.Events) logs.Offer(noted.Room.Id, await signs.EventAsync(noted.Room, seq, change, CancellationToken.None));
    }

    static (long, RoomChange) Add(SqlSession sql, Room room, RoomChange change)
    {
        var seq = EventSql.NextSeq(sql, room.Id);
        EventSql.Insert(sql, room.Id, seq, change, message: null);
        return (seq, change);
    }
}
