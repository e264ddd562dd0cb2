using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Threads;

/// <summary>A thread that somebody follows, as it stands in their list.</summary>
/// <param name="Root">What it began with.</param>
/// <param name="Unread">How many messages of others they have not seen.</param>
public sealed record ListedThread(Message Root, string RoomName, long Unread);

/// <summary>A stretch of somebody's threads, the newest activity first.</summary>
/// <param name="Before">The key that the next stretch comes after; null at the end.</param>
public sealed record ThreadsPage(IReadOnlyList<ListedThread> Threads, string? Before);

/// <summary>The threads that somebody follows, in the rooms that they may read now and as far as they may read them.</summary>
public sealed class ThreadList(SqlReader sql, RoomDirectory rooms)
{
    /// <summary>How many a page shows.</summary>
    public const int PageSize = 30;

    /// <param name="before">See <see cref="ThreadsPage.Before"/>; null at the beginning.</param>
    public async Task<ThreadsPage> ListAsync(PersonId person, string? before, CancellationToken ct)
    {
        // Direct rooms are called by people's names; and what the directory does not know nobody is shown.
        var names = (await rooms.ListAllAsync(person, ct)).ToDictionary(r => r.Room.Id, r => r.Room.Name);
        var (at, room, seq) = ListPlace.Parse(before);
        var found = await sql.AllAsync(
            $"""
            select {MessageSql.Columns}, (select count(*) from messages t where {ThreadMarks.Unseen})
            from thread_followers tf join messages m on m.room_id = tf.room_id and m.seq = tf.thread_seq {ThreadMarks.Joins}
            {MessageSql.Author} {MessageSql.Answered}
            where tf.person_id = @person and tf.is_following and m.thread_last_at_ms is not null and {ThreadMarks.MayRead}
              and (m.thread_last_at_ms < @at or (m.thread_last_at_ms = @at and (m.room_id < @room or (m.room_id = @room and m.seq < @seq))))
            order by m.thread_last_at_ms desc, m.room_id desc, m.seq desc limit {PageSize + 1}
            """,
            row => (Root: MessageSql.Read(row), Unread: row.GetInt64(MessageSql.ColumnCount)), ct, ("@person", person.Value), ("@at", at), ("@room", room), ("@seq", seq));
        return new ThreadsPage(
            [.. found.Take(PageSize).Where(t => names.ContainsKey(t.Root.Room)).Select(t => new ListedThread(t.Root, names[t.Root.Room], t.Unread))],
            found.Count > PageSize ? ListPlace.Of(found[PageSize - 1].Root, found[PageSize - 1].Root.Thread.LastAt!.Value).ToString() : null);
    }
}
