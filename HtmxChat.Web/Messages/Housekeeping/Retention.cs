using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Forwarding;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Messages.Pins;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Housekeeping;

/// <summary>
/// Takes old messages out of rooms that keep them for some days only. They go for good: the rows are deleted, and each is an
/// event of the room's log that takes the message from open pages. Numbers stay without gaps: events are never deleted, and
/// one about a message that is not there any more shows that it has gone. Any number of nodes may be at it.
/// </summary>
public sealed class Retention(SqlReader sql, GroupCommit writes, RoomLogs logs, PublishMessages publish, ForwardedMessages forwarded, Unread unread, TimeProvider time, ILogger<Retention> logger) : RegularWork(Interval, time, logger)
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
            var taken = 0;
            while (await TakeAsync(room, before, ct) is > 0 and var some) taken += some;
            if (taken > 0) await unread.MentionsHaveChangedAsync(room, ct);
        }
    }

    async Task<int> TakeAsync(RoomId room, long before, CancellationToken ct)
    {
        if (await OldestAsync(room, ct) is not { } oldest || oldest >= before) return 0;

        var (taken, head, answers) = await writes.WriteAsync(room, session => Take(session, room, before), ct);

        unread.HeadIs(room, head);
        foreach (var (seq, change) in taken) logs.Offer(room, MessageHtml.GoneEvent(seq, change));
        await publish.RunAsync(answers);
        await forwarded.HaveChangedAsync(room);
        return taken.Count;
    }

    async Task<long?> OldestAsync(RoomId room, CancellationToken ct) =>
        (await sql.AllAsync("select sent_at_ms from messages where room_id = @room order by seq limit 1", row => (long?)row.GetInt64(0), ct, ("@room", room.Value))).SingleOrDefault();

    // In the order of their numbers, so that the index finds them; clocks of nodes differ by less than anybody would notice.
    static (List<(long Seq, long Change)> Taken, RoomHead Head, List<Message> Answers) Take(SqlSession session, RoomId room, long before)
    {
        RoomSql.Lock(session, room);
        var old = session.All(
            $"select seq, sent_at_ms from messages where room_id = @room order by seq limit {Batch}",
            row => (Seq: row.GetInt64(0), SentAt: row.GetInt64(1)), ("@room", room.Value)).TakeWhile(m => m.SentAt < before).Select(m => m.Seq).ToList();
        if (old.Count == 0) return ([], RoomSql.Head(session, room), []);

        // A thread goes before what it began with, in as many turns as it takes; what the room shows as well stays there for its own time.
        var inThreads = InThreads(session, room, old);
        if (inThreads.Count > 0) return (Take(session, room, inThreads), RoomSql.Head(session, room), []);

        var listed = session.First($"select count(*) from messages m where m.room_id = @room and m.seq <= @last and {MessageSql.InRoom}", row => row.GetInt64(0), ("@room", room.Value), ("@last", old[^1]));
        session.Execute($"update messages set thread_seq = null, is_in_room_too = @no where room_id = @room and thread_seq in ({string.Join(',', old)}) and is_in_room_too", ("@no", false), ("@room", room.Value));
        var taken = Take(session, room, old);
        var answers = Renumbering.Answers(session, room, old);

        // Noted here, where it is known: what is unread is asked for with every page, and nobody is to count messages for that.
        var head = session.First(
            $"update rooms set expired_count = expired_count + @count where id = @room returning {RoomSql.HeadColumns}",
            row => RoomSql.ReadHead(row, first: 0), ("@count", listed), ("@room", room.Value));
        return (taken, head, answers);
    }

    static List<long> InThreads(SqlSession session, RoomId room, List<long> old) => session.All(
        $"select seq from messages where room_id = @room and thread_seq in ({string.Join(',', old)}) and not is_in_room_too order by seq limit {Batch}",
        row => row.GetInt64(0), ("@room", room.Value));

    static List<(long Seq, long Change)> Take(SqlSession session, RoomId room, List<long> seqs)
    {
        PinSql.NoteLoss(session, room, seqs);
        QuotedSql.Note(session, room, seqs);
        var taken = new List<(long, long)>();
        foreach (var seq in seqs)
        {
            var change = EventSql.NextSeq(session, room);
            EventSql.Insert(session, room, change, RoomChange.Expired, seq);
            taken.Add((seq, change));
        }
        MentionSql.Forget(session, room, seqs);
        DraftSql.Forget(session, room, seqs);
        session.Execute($"delete from messages where room_id = @room and seq in ({string.Join(',', seqs)})", ("@room", room.Value));
        return taken;
    }
}
