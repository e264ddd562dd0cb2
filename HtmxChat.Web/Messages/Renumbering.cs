using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>How messages that have changed get the numbers and events of their changes, inside the transaction that changes them.</summary>
public static class Renumbering
{
    // A list in the text of a statement is no longer than this.
    const int AtOnce = 500;

    /// <summary>Gives each message the number of a new event of the room's log. To PostgreSQL each statement is a round trip, so there are few for all of them.</summary>
    /// <param name="seqs">In the order of the new numbers.</param>
    public static void Run(SqlSession sql, RoomId room, RoomChange kind, IEnumerable<long> seqs)
    {
        foreach (var chunk in seqs.Chunk(AtOnce))
        {
            var last = sql.First(
                "update rooms set last_seq = last_seq + @count where id = @room returning last_seq",
                row => row.GetInt64(0), ("@count", chunk.Length), ("@room", room.Value));

            // The lists hold numbers only, so they can stand in the text.
            var changes = chunk.Select((seq, i) => (Seq: seq, Change: last - chunk.Length + 1 + i)).ToList();
            sql.Execute(
                $"insert into events (room_id, seq, kind, message_seq) values {string.Join(',', changes.Select(c => $"(@room,{c.Change},{kind:D},{c.Seq})"))}",
                ("@room", room.Value));
            sql.Execute(
                $"""
                update messages set changed_seq = v.column2 from (values {string.Join(',', changes.Select(c => $"({c.Seq},{c.Change})"))}) as v
                where room_id = @room and messages.seq = v.column1
                """,
                ("@room", room.Value));
        }
    }

    /// <summary>Has all that answer some messages shown anew, because those have another text now, or are not there any more.</summary>
    /// <returns>The messages that answer them.</returns>
    public static List<Message> Answers(SqlSession sql, RoomId room, IReadOnlyCollection<long> originals)
    {
        var answers = originals.Chunk(AtOnce).SelectMany(chunk => sql.All(
            $"select seq from messages where room_id = @room and reply_to_seq in ({string.Join(',', chunk)}) and deleted_at_ms is null order by seq",
            row => row.GetInt64(0), ("@room", room.Value))).ToList();
        Run(sql, room, RoomChange.OriginalChanged, answers);
        return Read(sql, room, answers);
    }

    /// <summary>Messages of a room as they are now, by the numbers of their last changes.</summary>
    public static List<Message> Read(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs) => [.. seqs.Chunk(AtOnce).SelectMany(chunk => sql.All(
        $"{MessageSql.Select} where m.room_id = @room and m.seq in ({string.Join(',', chunk)}) order by m.changed_seq",
        MessageSql.Read, ("@room", room.Value)))];
}
