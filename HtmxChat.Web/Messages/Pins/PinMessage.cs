using System.Globalization;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Pins;

/// <summary>Pins messages, for everybody in their room to find: whoever may write there may. Both are events of the room's log.</summary>
public sealed class PinMessage(GroupCommit writes, PublishMessages publish, RoomLogs logs, TimeProvider time)
{
    /// <summary>As many a room can have.</summary>
    public const int MaxPins = 50;

    static readonly PinOutcome Full = new PinOutcome.Refused(new(string.Create(
        CultureInfo.InvariantCulture, $"{MaxPins} messages are pinned here, and a room can have no more. Unpin one of them first.")));

    // What was changed, with the number of the event about the room and how many there are now; no messages where nothing was.
    sealed record Stored(PinOutcome Outcome, List<Message> Changed, (long Seq, int Count) Pins);

    /// <param name="access">Of the person.</param>
    public Task<PinOutcome> PinAsync(RoomAccess access, long seq, PersonId by, CancellationToken ct) =>
        RunAsync(access, seq, sql => IsPinned(sql, access.Room.Id, seq) ? new PinOutcome.Done() : IsFull(sql, access.Room.Id) ? Full : null, time.GetUtcNow(), by, ct);

    /// <param name="access">Of the person.</param>
    public Task<PinOutcome> UnpinAsync(RoomAccess access, long seq, CancellationToken ct) =>
        RunAsync(access, seq, sql => IsPinned(sql, access.Room.Id, seq) ? null : new PinOutcome.Done(), pinnedAt: null, by: null, ct);

    async Task<PinOutcome> RunAsync(RoomAccess access, long seq, Func<SqlSession, PinOutcome?> refuse, DateTimeOffset? pinnedAt, PersonId? by, CancellationToken ct)
    {
        var room = access.Room.Id;
        if (!access.MayPost) return new PinOutcome.NotFound();

        var stored = await writes.WriteAsync(room, sql => Store(sql, access, seq, refuse, pinnedAt, by), ct);

        if (stored.Changed.Count > 0) logs.Offer(room, PinSign.Event(stored.Pins.Count, stored.Pins.Seq));
        await publish.RunAsync(stored.Changed);
        return stored.Outcome;
    }

    static Stored Store(SqlSession sql, RoomAccess access, long seq, Func<SqlSession, PinOutcome?> refuse, DateTimeOffset? pinnedAt, PersonId? by)
    {
        var room = access.Room.Id;
        RoomSql.Lock(sql, room);
        if (refuse(sql) is { } outcome) return new Stored(outcome, [], default);
        if (!IsThere(sql, access, seq)) return new Stored(new PinOutcome.NotFound(), [], default);

        sql.Execute(
            "update messages set pinned_at_ms = @at, pinned_by_id = @by where room_id = @room and seq = @seq",
            ("@at", pinnedAt?.ToUnixTimeMilliseconds()), ("@by", by?.Value), ("@room", room.Value), ("@seq", seq));

        var pins = PinSql.Note(sql, room);
        Renumbering.Run(sql, room, RoomChange.Pinned, [seq]);
        return new Stored(new PinOutcome.Done(), Renumbering.Read(sql, room, [seq]), pins);
    }

    static bool IsThere(SqlSession sql, RoomAccess access, long seq) => sql.First(
        $"select 1 from messages m where m.room_id = @room and m.seq = @seq and m.deleted_at_ms is null and {MessageSql.Readable}",
        _ => true, ("@room", access.Room.Id.Value), ("@seq", seq), ("@from", access.FromSeq));

    static bool IsPinned(SqlSession sql, RoomId room, long seq) =>
        sql.First("select 1 from messages where room_id = @room and seq = @seq and pinned_at_ms is not null", _ => true, ("@room", room.Value), ("@seq", seq));

    static bool IsFull(SqlSession sql, RoomId room) =>
        sql.First($"select {PinSql.Count} from rooms r where r.id = @room", row => row.GetInt32(0), ("@room", room.Value)) >= MaxPins;
}
