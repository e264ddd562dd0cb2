using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>How a change of a room gets its number and its event, inside the transaction that stores the change.</summary>
public static class EventSql
{
    /// <summary>Stores an event: of room, seq, kind, and the message it happened to, null when it happened to the room.</summary>
    public const string InsertEvent = "insert into events (room_id, seq, kind, message_seq) values (@room, @seq, @kind, @message)";

    /// <summary>Raises the room's number by one. From here to the commit nobody else has a number of this room.</summary>
    /// <exception cref="RoomGoneException">There is no such room.</exception>
    public static long NextSeq(SqlSession sql, RoomId room)
    {
        var seq = sql.First(
            "update rooms set last_seq = last_seq + 1 where id = @room returning last_seq",
            row => row.GetInt64(0), ("@room", room.Value));
        return seq > 0 ? seq : throw new RoomGoneException(room);
    }

    /// <summary>The same for a message, which is counted.</summary>
    public static RoomHead NextMessage(SqlSession sql, RoomId room) => NextMessage(sql, room, counted: 1);

    /// <summary>The same for a message that only its thread shows: in the room it is not counted.</summary>
    public static RoomHead NextInThread(SqlSession sql, RoomId room) => NextMessage(sql, room, counted: 0);

    static RoomHead NextMessage(SqlSession sql, RoomId room, int counted)
    {
        var head = sql.First(
            $"update rooms set last_seq = last_seq + 1, message_count = message_count + {counted} where id = @room and kind <> {RoomKind.Deleted:D} returning {RoomSql.HeadColumns}",
            row => RoomSql.ReadHead(row, first: 0), ("@room", room.Value));
        return head.Seq > 0 ? head : throw new RoomGoneException(room);
    }

    /// <param name="message">The message it happened to; null when it happened to the room.</param>
    public static void Insert(SqlSession sql, RoomId room, long seq, RoomChange kind, long? message) => sql.Execute(
        InsertEvent, ("@room", room.Value), ("@seq", seq), ("@kind", (int)kind), ("@message", message));
}
