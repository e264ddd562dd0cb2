using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Pins;

/// <summary>How a change of what is pinned in a room gets its event, inside the transaction that makes it.</summary>
static class PinSql
{
    /// <summary>How many pinned messages the room of a row of rooms as r has.</summary>
    public const string Count = "(select count(*) from messages pinned where pinned.room_id = r.id and pinned.pinned_at_ms is not null)";

    /// <summary>Notes that the room has another number of them than before.</summary>
    /// <returns>The number of the event, and how many there are.</returns>
    public static (long Seq, int Count) Note(SqlSession sql, RoomId room)
    {
        var seq = EventSql.NextSeq(sql, room);
        EventSql.Insert(sql, room, seq, RoomChange.PinsChanged, message: null);
        return (seq, sql.First($"select {Count} from rooms r where r.id = @room", row => row.GetInt32(0), ("@room", room.Value)));
    }

    /// <summary>Notes it where some of the messages that are about to go are pinned.</summary>
    /// <remarks>It is noted before they go: their own events, which are offered, then show the log that one before them is missing, and it is read from the database.</remarks>
    public static void NoteLoss(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs)
    {
        // The list holds numbers only, so it can stand in the text.
        var isLoss = seqs.Count > 0 && sql.First(
            $"select 1 from messages where room_id = @room and pinned_at_ms is not null and seq in ({string.Join(',', seqs)}) limit 1", _ => true, ("@room", room.Value));
        if (!isLoss) return;

        var seq = EventSql.NextSeq(sql, room);
        EventSql.Insert(sql, room, seq, RoomChange.PinsChanged, message: null);
    }
}
