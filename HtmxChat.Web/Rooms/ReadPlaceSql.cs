using System.Data.Common;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>How far people have read, in the database.</summary>
public static class ReadPlaceSql
{
    /// <summary>As many are mentioned by one message at most.</summary>
    public const int MaxMentioned = 20;

    /// <summary>Notes what somebody has done in a room. Reading never goes back, nor further than the room has come; keeping unread does go back.</summary>
    /// <returns>How far they have read now; null when the room or the person is gone.</returns>
    internal static ReadPlace? Move(SqlSession sql, PersonId person, RoomId room, Reading reading)
    {
        if (reading is Reading.Kept) Keep(sql, person, room, reading.Seq);
        else Move(sql, person, room, reading.Seq, reading is Reading.Looked ? "and read_places.seq >= -1" : "");
        return sql.First(
            "select seq, messages, mention_seq from read_places where room_id = @room and person_id = @person",
            row => Read(row, 0) as ReadPlace?, ("@room", room.Value), ("@person", person.Value));
    }

    static void Move(SqlSession sql, PersonId person, RoomId room, long seq, string unless) => sql.Execute(
        $"""
        insert into read_places (room_id, person_id, seq, messages, mention_seq)
        select r.id, p.id, case when r.last_seq < @seq then r.last_seq else @seq end, r.message_count - (select count(*) from messages m where m.room_id = r.id and m.seq > @seq and (m.thread_seq is null or m.is_in_room_too)), 0
        from rooms r join people p on p.id = @person where r.id = @room
        on conflict (room_id, person_id) do update set seq = excluded.seq, messages = excluded.messages where read_places.seq < excluded.seq {unless}
        """,
        ("@room", room.Value), ("@person", person.Value), ("@seq", seq));

    // What they have said themselves is never unread to them.
    static void Keep(SqlSession sql, PersonId person, RoomId room, long seq) => sql.Execute(
        """
        insert into read_places (room_id, person_id, seq, messages, mention_seq)
        select r.id, p.id, @kept, r.message_count - (select count(*) from messages m where m.room_id = r.id and m.seq > @seq and (m.thread_seq is null or m.is_in_room_too) and m.author_id <> p.id), 0
        from rooms r join people p on p.id = @person where r.id = @room
        on conflict (room_id, person_id) do update set seq = excluded.seq, messages = excluded.messages
        """,
        ("@room", room.Value), ("@person", person.Value), ("@seq", seq), ("@kept", ReadPlace.KeptAt(seq)));

    /// <summary>Notes that everything that was said in a room until now is no news to somebody.</summary>
    public static void MoveToEnd(SqlSession sql, PersonId person, RoomId room) => sql.Execute(
        """
        insert into read_places (room_id, person_id, seq, messages, mention_seq)
        select r.id, p.id, r.last_seq, r.message_count, 0 from rooms r join people p on p.id = @person where r.id = @room
        on conflict (room_id, person_id) do update set seq = excluded.seq, messages = excluded.messages where read_places.seq < excluded.seq
        """,
        ("@room", room.Value), ("@person", person.Value));

    /// <summary>Notes that a message is not there any more, as if it had never been posted: nobody has read it, and nobody has it unread.</summary>
    /// <returns>How far the room has come.</returns>
    public static RoomHead Uncount(SqlSession sql, RoomId room, long seq)
    {
        sql.Execute("update read_places set messages = messages - 1 where room_id = @room and (seq >= @seq or seq <= @kept)", ("@kept", ReadPlace.KeptAt(seq)), ("@room", room.Value), ("@seq", seq));
        return sql.First(
            $"update rooms set message_count = message_count - 1 where id = @room returning {RoomSql.HeadColumns}",
            row => RoomSql.ReadHead(row, first: 0), ("@room", room.Value));
    }

    /// <summary>Marks a room for those whom a message calls, as the table of mentions has them.</summary>
    /// <param name="at">The number of the event by which it calls them: it may have been edited.</param>
    /// <param name="only">Of them; null is all.</param>
    /// <returns>Whom.</returns>
    public static IReadOnlyList<PersonId> Mention(SqlSession sql, RoomId room, long seq, long at, IReadOnlyCollection<PersonId>? only)
    {
        if (only is { Count: 0 }) return [];

        // An open room that was there before them, and in which they have never been, is not unread to them as a whole. Below
        // every number: they may have been there a moment ago, and the database is told of that next.
        return sql.All(
            $"""
            insert into read_places (room_id, person_id, seq, messages, mention_seq)
            select r.id, p.id, -1, case when r.kind = {RoomKind.Open:D} and r.created_at_ms <= p.joined_at_ms then r.message_count - (select count(*) from messages m where m.room_id = r.id and m.seq = @seq and (m.thread_seq is null or m.is_in_room_too)) else 0 end, @at
            from mentions n join rooms r on r.id = n.room_id join people p on p.id = n.person_id
            where n.room_id = @room and n.seq = @seq{(only is null ? "" : $" and n.person_id in ({string.Join(',', only)})")}
            on conflict (room_id, person_id) do update set mention_seq = case when excluded.mention_seq > read_places.mention_seq then excluded.mention_seq else read_places.mention_seq end
            returning person_id
            """,
            row => new PersonId(row.GetInt64(0)), ("@room", room.Value), ("@seq", seq), ("@at", at));
    }

    /// <summary>Takes the mark from people whom a message of a room does not call any more; that of another one stays.</summary>
    public static void Unmention(SqlSession sql, RoomId room, IReadOnlyCollection<PersonId> people)
    {
        if (people.Count == 0) return;

        sql.Execute(
            $"""
            update read_places set mention_seq = coalesce((select max(n.seq) from mentions n where n.person_id = read_places.person_id and n.room_id = read_places.room_id), 0)
            where room_id = @room and person_id in ({string.Join(',', people)})
            """,
            ("@room", room.Value));
    }

    /// <summary>Reads seq, messages and mention_seq.</summary>
    public static ReadPlace Read(DbDataReader row, int first) => new(row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2));
}
