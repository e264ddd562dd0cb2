using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Threads;

/// <summary>What a thread's first message says of it, and who follows it, inside the transaction that changes the thread.</summary>
public static class ThreadSql
{
    /// <summary>Counts a message that is about to be stored in a thread.</summary>
    /// <exception cref="ThreadGoneException">The message that it began with was deleted or taken back.</exception>
    public static void Grow(SqlSession sql, RoomId room, long thread, DateTimeOffset now)
    {
        var grown = sql.Execute(
            "update messages set thread_count = thread_count + 1, thread_last_at_ms = @now where room_id = @room and seq = @thread and thread_seq is null and deleted_at_ms is null",
            ("@now", now.ToUnixTimeMilliseconds()), ("@room", room.Value), ("@thread", thread));
        if (grown == 0) throw new ThreadGoneException(room, thread);
    }

    /// <summary>The threads that some messages are in.</summary>
    public static List<long> Of(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs) => sql.All(
        $"select distinct thread_seq from messages where room_id = @room and seq in ({string.Join(',', seqs)}) and thread_seq is not null order by thread_seq",
        row => row.GetInt64(0), ("@room", room.Value));

    /// <summary>Counts threads anew, of which messages have gone or come back.</summary>
    /// <returns>The messages that they began with, which are shown anew.</returns>
    public static List<Message> Recount(SqlSession sql, RoomId room, IReadOnlyCollection<long> threads)
    {
        if (threads.Count == 0) return [];

        // They are numbers, so they can stand in the text.
        const string Left = "from messages t where t.room_id = messages.room_id and t.thread_seq = messages.seq and t.deleted_at_ms is null";
        sql.Execute(
            $"update messages set thread_count = (select count(*) {Left}), thread_last_at_ms = (select max(t.sent_at_ms) {Left}) where room_id = @room and seq in ({string.Join(',', threads)})",
            ("@room", room.Value));
        return ShowAnew(sql, room, threads);
    }

    /// <summary>Has the messages shown anew that threads began with.</summary>
    public static List<Message> ShowAnew(SqlSession sql, RoomId room, IReadOnlyCollection<long> threads)
    {
        Renumbering.Run(sql, room, RoomChange.ThreadChanged, threads);
        return Renumbering.Read(sql, room, threads);
    }

    /// <summary>Has people follow a thread in which there is a new message: who began it, who wrote, and whom that mentions. Who has said no is left alone; who wrote has read so far.</summary>
    public static void Follow(SqlSession sql, RoomId room, long thread, PersonId author, long seq, IReadOnlyList<PersonId> mentioned)
    {
        sql.Execute(
            """
            insert into thread_followers (room_id, thread_seq, person_id, is_following, read_seq) values (@room, @thread, @author, @yes, @seq)
            on conflict (room_id, thread_seq, person_id) do update set read_seq = excluded.read_seq where thread_followers.read_seq < excluded.read_seq
            """,
            ("@room", room.Value), ("@thread", thread), ("@author", author.Value), ("@yes", true), ("@seq", seq));
        sql.Execute(
            $"""
            insert into thread_followers (room_id, thread_seq, person_id, is_following, read_seq)
            select m.room_id, m.seq, p.id, @yes, m.seq from messages m join people p on p.id = m.author_id or p.id in ({string.Join(',', mentioned.Prepend(default))})
            where m.room_id = @room and m.seq = @thread on conflict (room_id, thread_seq, person_id) do nothing
            """,
            ("@yes", true), ("@room", room.Value), ("@thread", thread));
    }
}
