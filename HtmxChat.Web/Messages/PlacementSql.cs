using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>How messages stand below one another, in the room's list and in its threads.</summary>
public static class PlacementSql
{
    const string InRoom = "room_id = @room and (thread_seq is null or is_in_room_too)";
    const string InThread = "room_id = @room and thread_seq = @thread";

    /// <summary>How a message stands that is about to be stored.</summary>
    public static Placement AtEnd(SqlSession sql, RoomId room, Draft draft, PersonId author, DateTimeOffset now)
    {
        if (draft.Thread is null) return Placements.After(Newest(sql, InRoom, ("@room", room.Value)), author, now);
        if (draft.IsInRoomToo) return Apart(Newest(sql, InRoom, ("@room", room.Value)), author, now);

        (string, object?)[] thread = [("@room", room.Value), ("@thread", draft.Thread)];
        return Newest(sql, InThread, thread) is { } previous ? Placements.After(previous, author, now) : Apart(Newest(sql, "room_id = @room and seq = @thread", thread), author, now);
    }

    /// <summary>Has what follows a message that is not there any more open what that had opened, in each list that had it.</summary>
    /// <returns>What has changed.</returns>
    public static List<long> Open(SqlSession sql, RoomId room, bool isListed, long? thread, long seq, Placement gone)
    {
        List<long> opened = [];
        if (isListed) Open(sql, InRoom, gone, seq, opened, ("@room", room.Value));
        if (thread is not null) Open(sql, InThread, gone, seq, opened, ("@room", room.Value), ("@thread", thread));
        return [.. opened.Distinct()];
    }

    // Below what a thread began with there is a line; and what both lists have must be right in either.
    static Placement Apart((PersonId Author, DateTimeOffset SentAt)? previous, PersonId author, DateTimeOffset now) =>
        Placements.After(previous, author, now) is Placement.OpensDay ? Placement.OpensDay : Placement.OpensGroup;

    static (PersonId, DateTimeOffset)? Newest(SqlSession sql, string list, params ReadOnlySpan<(string, object?)> parameters) => sql.First(
        $"select author_id, sent_at_ms from messages where {list} order by seq desc limit 1",
        row => (new PersonId(row.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))) as (PersonId, DateTimeOffset)?, parameters);

    static void Open(SqlSession sql, string list, Placement gone, long seq, List<long> opened, params ReadOnlySpan<(string, object?)> parameters)
    {
        var next = sql.First(
            $"select seq, placement from messages where {list} and seq > @seq order by seq limit 1",
            row => (Seq: row.GetInt64(0), Placement: (Placement)row.GetInt32(1)), [.. parameters, ("@seq", seq)]);
        if (next.Seq == 0 || !Placements.Opens(gone, next.Placement)) return;

        sql.Execute("update messages set placement = @placement where room_id = @room and seq = @next", ("@placement", (int)gone), parameters[0], ("@next", next.Seq));
        opened.Add(next.Seq);
    }
}
