using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>
/// Takes old messages out of rooms that keep them for some days only. They go for good: the rows are deleted, and each is an
/// event of the room's log that takes the message from open pages. Numbers stay without gaps: events are never deleted, and
/// one about a message that is not there any more shows that it has gone. Any number of nodes may be at it.
/// </summary>
public sealed class Retention(SqlReader sql, GroupCommit writes, RoomLogs logs, TimeProvider time, ILogger<Retention> logger) : RegularWork(Interval, time, logger)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // On SQLite the one writer is held for about 2 ms.
    const int Batch = 50;

    protected override string Failure => "Old messages could not be taken away";

    /// <summary>Takes away what is too old now.</summary>
    public override async Task LookAsync(CancellationToken ct)
    {
        var rooms = await sql.AllAsync("select id, keep_days from rooms where keep_days is not null", row => (Id: new RoomId(row.GetInt64(0)), Days: row.GetInt32(1)), ct);
        foreach (var (room, days) in rooms)
        {
            var before = (Time.GetUtcNow() - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds();
            while (await TakeAsync(room, before, ct) == Batch)
            {
            }
        }
    }

    async Task<int> TakeAsync(RoomId room, long before, CancellationToken ct)
    {
        if (await OldestAsync(room, ct) is not { } oldest || oldest >= before) return 0;

        var taken = await writes.WriteAsync(room, session => Take(session, room, before), ct);

        // It has been committed, so nobody's cancellation may stop it from being told.
        foreach (var (seq, change) in taken) logs.Offer(room, MessageHtml.GoneEvent(seq, change));
        return taken.Count;
    }

    async Task<long?> OldestAsync(RoomId room, CancellationToken ct) =>
        (await sql.AllAsync("select sent_at_ms from messages where room_id = @room order by seq limit 1", row => (long?)row.GetInt64(0), ct, ("@room", room.Value))).SingleOrDefault();

    // In the order of their numbers, so that the index finds them; clocks of nodes differ by less than anybody would notice.
    static List<(long Seq, long Change)> Take(SqlSession session, RoomId room, long before)
    {
        RoomSql.Lock(session, room);
        var old = session.All(
            $"select seq, sent_at_ms from messages where room_id = @room order by seq limit {Batch}",
            row => (Seq: row.GetInt64(0), SentAt: row.GetInt64(1)), ("@room", room.Value)).TakeWhile(m => m.SentAt < before).Select(m => m.Seq).ToList();
        var taken = new List<(long, long)>();
        foreach (var seq in old)
        {
            var change = EventSql.NextSeq(session, room);
            EventSql.Insert(session, room, change, RoomChange.Expired, seq);
            taken.Add((seq, change));
        }
        if (old.Count > 0) session.Execute("delete from messages where room_id = @room and seq <= @last", ("@room", room.Value), ("@last", old[^1]));
        return taken;
    }
}
