using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Messages.Pins;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages;

/// <summary>
/// Writes messages. Each change raises the room's sequence number and stores its event in one transaction, so the
/// numbers are dense and in the order of commit. Nothing is returned before it is on disk.
/// </summary>
public sealed class MessageStore(GroupCommit writes, TimeProvider time)
{
    /// <summary>A message in the database.</summary>
    /// <param name="Head">How far the room came with it; null when the same author had posted with the same key before, and nothing was written.</param>
    /// <param name="Mentioned">Whom it mentions.</param>
    public sealed record Stored(Message Message, RoomHead? Head, IReadOnlyList<PersonId> Mentioned)
    {
        public bool IsNew => Head is not null;

        /// <summary>Whether a draft went with it.</summary>
        public bool HadDraft { get; init; }

        /// <summary>What its thread began with, as that is shown now; null where it is in none, or nothing was written.</summary>
        public Message? Root { get; init; }
    }

    /// <summary>What is left of a message that was taken back.</summary>
    /// <param name="Seq">The number of the event.</param>
    /// <param name="Changed">Other messages that are shown in another way now.</param>
    public sealed record TakenBack(long Seq, RoomHead Head, IReadOnlyList<Message> Changed);

    enum Removal
    {
        ByAuthor,
        ByAdministrators,
    }

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Stores a message, or finds the one that this author stored under this key before.</summary>
    public Task<Stored> PostAsync(RoomId room, Author author, ClientKey key, Draft draft, CancellationToken ct) =>
        writes.WriteBrieflyAsync(room, sql => FindByKey(sql, author.Id, key) is { } earlier
            ? new Stored(earlier, Head: null, Mentioned: [])
            : Insert(sql, room, author, key, draft), ct);

    /// <summary>Gives a message a new text.</summary>
    /// <param name="editedAt">When it was last edited, as whoever edits it saw it.</param>
    /// <returns>The changed message, and those that answer it; empty when there is none, it was deleted, or it was edited since.</returns>
    public Task<List<Message>> EditAsync(RoomId room, long seq, Draft draft, DateTimeOffset? editedAt, CancellationToken ct) => writes.WriteAsync(room, sql =>
    {
        RoomSql.Lock(sql, room);
        if (Calling(sql, room, seq, "deleted_at_ms is null and coalesce(edited_at_ms, 0) = @at", editedAt?.ToUnixTimeMilliseconds() ?? 0) is not var (source, before)) return [];

        var now = MentionSql.Find(sql, room, source.Author, draft.Text);
        sql.Execute(
            "update messages set text = @text, mentioned = @mentioned, edited_at_ms = @now where room_id = @room and seq = @seq",
            ("@text", draft.Text), ("@mentioned", now.Stored), ("@now", NowMs), ("@room", room.Value), ("@seq", seq));
        var called = MentionSql.Change(sql, source, before, now, draft.Here);
        PreviewSql.TakeOther(sql, room, seq, draft.Text);
        var changed = ShowAnew(sql, room, RoomChange.Edited, [seq], recounted: []);
        ReadPlaceSql.Mention(sql, room, seq, at: changed[0].ChangedSeq, called);
        return changed;
    }, ct);

    /// <summary>Takes the texts of some messages of one room away at once and leaves their places.</summary>
    /// <returns>What is left of those that were not deleted before, and those that answer them.</returns>
    public Task<List<Message>> DeleteAsync(RoomId room, IReadOnlyCollection<long> seqs, CancellationToken ct) =>
        writes.WriteAsync(room, sql => Delete(sql, room, seqs, Removal.ByAuthor), ct);

    /// <summary>Does the same in the name of the administrators.</summary>
    public Task<List<Message>> RemoveAsync(RoomId room, IReadOnlyCollection<long> seqs, CancellationToken ct) =>
        writes.WriteAsync(room, sql => Remove(sql, room, seqs), ct);

    /// <summary>Takes the texts of some messages of one room away in the name of the administrators, inside the caller's transaction.</summary>
    /// <returns>What is left of those that were not deleted before, and those that answer them.</returns>
    internal List<Message> Remove(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs) => Delete(sql, room, seqs, Removal.ByAdministrators);

    /// <summary>Gives a message that was deleted its text back, and its poll.</summary>
    /// <param name="here">Who is here, to be called once more where it calls everybody.</param>
    /// <returns>The message, and those that answer it; empty when it is not as that left it.</returns>
    public Task<List<Message>> RestoreAsync(RoomId room, Undo.DeletedText deleted, IReadOnlyCollection<PersonId> here, CancellationToken ct) => writes.WriteAsync(room, sql =>
    {
        RoomSql.Lock(sql, room);
        var seq = deleted.Seq;
        if (Calling(sql, room, seq, "deleted_at_ms is not null and changed_seq = @at", deleted.Deletion) is not var (source, _)) return [];

        var mentioned = MentionSql.Find(sql, room, source.Author, deleted.Text);
        var link = deleted.LeftAlone is { } url ? LinkPreview.RemovedFor(url) : null;
        sql.Execute(
            "update messages set text = @text, mentioned = @mentioned, poll = @poll, preview = @link, deleted_at_ms = null, is_removed = @no where room_id = @room and seq = @seq",
            ("@text", deleted.Text), ("@mentioned", mentioned.Stored), ("@poll", deleted.Poll?.Stored()), ("@link", link?.Stored()), ("@no", false), ("@room", room.Value), ("@seq", seq));
        MentionSql.Note(sql, source, mentioned, here);
        return ShowAnew(sql, room, RoomChange.Edited, [seq], ThreadSql.Of(sql, room, [seq]));
    }, ct);

    /// <summary>Takes a message away as if it had never been posted, unless it is older than a time.</summary>
    /// <returns>What came of it; null when there is none by this author that is young enough.</returns>
    public Task<TakenBack?> TakeBackAsync(RoomId room, long seq, PersonId author, DateTimeOffset since, CancellationToken ct) =>
        writes.WriteAsync(room, sql => TakeBack(sql, room, seq, author, since), ct);

    Stored Insert(SqlSession sql, RoomId room, Author author, ClientKey key, Draft draft)
    {
        var isListed = draft.Thread is null || draft.IsInRoomToo;
        var head = isListed ? EventSql.NextMessage(sql, room) : EventSql.NextInThread(sql, room);
        var seq = head.Seq;
        var now = Milliseconds(time.GetUtcNow());
        if (draft.Thread is { } thread) ThreadSql.Grow(sql, room, thread, now);
        var mentioned = MentionSql.Find(sql, room, author.Id, draft.Text);

        // Together, because to PostgreSQL each is a round trip.
        var placement = PlacementSql.AtEnd(sql, room, draft, author.Id, now);
        var written = sql.Execute(
            $"""
            insert into messages (room_id, seq, changed_seq, author_id, client_key, text, sent_at_ms, placement, reply_to_seq, mentioned, thread_seq, is_in_room_too, forwarded_room_id, forwarded_seq, poll)
            values (@room, @seq, @seq, @author, @key, @text, @now, @placement, @answers, @mentioned, @thread, @too, @source, @forwarded, @poll);
            {EventSql.InsertEvent};
            {DraftSql.DeleteSent}
            """,
            ("@kept", draft.Kept), ("@blank", KeptDraft.Blank), ("@room", room.Value), ("@seq", seq), ("@author", author.Id.Value), ("@key", key.Text), ("@text", draft.Text),
            ("@now", now.ToUnixTimeMilliseconds()), ("@placement", (int)placement), ("@answers", draft.Answers), ("@mentioned", mentioned.Stored), ("@thread", draft.Thread), ("@too", draft.IsInRoomToo), ("@source", draft.Forwards?.Room.Value), ("@forwarded", draft.Forwards?.Seq), ("@poll", draft.Poll?.Stored()), ("@kind", (int)RoomChange.Posted), ("@message", seq));

        var message = draft.Answers is null && draft.Forwards is null
            ? new Message(room, seq, seq, author, key.Text, draft.Text, now, placement, EditedAt: null, DeletedAt: null) { Mentioned = mentioned, Poll = draft.Poll, Thread = new ThreadPlace(draft.Thread, draft.IsInRoomToo, Count: 0, LastAt: null) }
            : Renumbering.Read(sql, room, [seq]).Single();
        var stored = new Stored(message, head, MentionSql.Note(sql, new(room, seq, author.Id, now.ToUnixTimeMilliseconds(), draft.Answers), mentioned, draft.Here)) { HadDraft = written > 2 };
        return draft.Thread is null ? stored : InThread(sql, stored, draft.Thread.Value);
    }

    // What the thread began with is shown with its new count, which is an event of its own. Whom it calls by name follows; everybody would be too many.
    static Stored InThread(SqlSession sql, Stored stored, long thread)
    {
        var message = stored.Message;
        ThreadSql.Follow(sql, message.Room, thread, message.Author.Id, message.Seq, [.. message.Mentioned.People.Values.Distinct()]);
        var root = ThreadSql.ShowAnew(sql, message.Room, [thread]).Single();
        return stored with { Root = root, Head = stored.Head!.Value with { Seq = root.ChangedSeq } };
    }

    List<Message> Delete(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs, Removal by)
    {
        RoomSql.Lock(sql, room);

        // They are numbers, so they can stand in the text.
        var left = sql.All(
            $"select seq from messages where room_id = @room and seq in ({string.Join(',', seqs)}) and deleted_at_ms is null order by seq",
            row => row.GetInt64(0), ("@room", room.Value));
        if (left.Count == 0) return [];

        PinSql.NoteLoss(sql, room, left);
        sql.Execute(
            $"update messages set text = '', mentioned = null, reactions = null, poll = null, deleted_at_ms = @now, is_removed = @removed, pinned_at_ms = null, pinned_by_id = null where room_id = @room and seq in ({string.Join(',', left)})",
            ("@now", NowMs), ("@removed", by == Removal.ByAdministrators), ("@room", room.Value));
        MentionSql.Forget(sql, room, left);
        PreviewSql.Take(sql, room, left);
        return ShowAnew(sql, room, RoomChange.Deleted, left, ThreadSql.Of(sql, room, left));
    }

    // Not where others have begun a thread with it: they would have answered nothing.
    static TakenBack? TakeBack(SqlSession sql, RoomId room, long seq, PersonId author, DateTimeOffset since)
    {
        RoomSql.Lock(sql, room);
        var taken = sql.First(
            "select placement, thread_seq, is_in_room_too from messages where room_id = @room and seq = @seq and author_id = @author and deleted_at_ms is null and sent_at_ms >= @since and thread_count = 0",
            row => (Placement: (Placement)row.GetInt32(0), Thread: row.IsDBNull(1) ? null as long? : row.GetInt64(1), IsInRoomToo: row.GetBoolean(2)),
            ("@room", room.Value), ("@seq", seq), ("@author", author.Value), ("@since", since.ToUnixTimeMilliseconds()));
        if (taken.Placement == default) return null;

        PinSql.NoteLoss(sql, room, [seq]);
        QuotedSql.Note(sql, room, [seq]);
        MentionSql.Forget(sql, room, [seq]);
        DraftSql.Forget(sql, room, [seq]);
        sql.Execute("delete from messages where room_id = @room and seq = @seq", ("@room", room.Value), ("@seq", seq));
        var change = EventSql.NextSeq(sql, room);
        EventSql.Insert(sql, room, change, RoomChange.TakenBack, seq);
        var isListed = taken.Thread is null || taken.IsInRoomToo;
        if (isListed) ReadPlaceSql.Uncount(sql, room, seq);

        // What was said next may have stood under this one's name, or day.
        var opened = PlacementSql.Open(sql, room, isListed, taken.Thread, seq, taken.Placement);
        Renumbering.Run(sql, room, RoomChange.Edited, opened);
        List<Message> changed = [.. Renumbering.Read(sql, room, opened), .. ThreadSql.Recount(sql, room, taken.Thread is { } thread ? [thread] : []), .. Renumbering.Answers(sql, room, [seq])];
        return new TakenBack(change, RoomSql.Head(sql, room), changed);
    }

    // A message that a condition holds for, and whom it calls.
    static (MentionSql.Source Source, Mentioned Mentioned)? Calling(SqlSession sql, RoomId room, long seq, string condition, long at) => sql.First(
        $"select author_id, sent_at_ms, reply_to_seq, mentioned from messages where room_id = @room and seq = @seq and {condition}",
        row => (new MentionSql.Source(room, seq, new PersonId(row.GetInt64(0)), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2)), Mentioned.Parse(row.IsDBNull(3) ? null : row.GetString(3))) as (MentionSql.Source, Mentioned)?,
        ("@room", room.Value), ("@seq", seq), ("@at", at));

    static List<Message> ShowAnew(SqlSession sql, RoomId room, RoomChange kind, IReadOnlyCollection<long> seqs, IReadOnlyCollection<long> recounted)
    {
        QuotedSql.Note(sql, room, seqs);
        Renumbering.Run(sql, room, kind, seqs);
        var changed = Renumbering.Read(sql, room, seqs);
        return [.. changed, .. ThreadSql.Recount(sql, room, recounted), .. Renumbering.Answers(sql, room, seqs)];
    }

    static Message? FindByKey(SqlSession sql, PersonId author, ClientKey key) =>
        sql.First($"{MessageSql.Select} where m.author_id = @author and m.client_key = @key", MessageSql.Read, ("@author", author.Value), ("@key", key.Text));

    // The database keeps milliseconds; what is rendered now must equal what is rendered from there.
    static DateTimeOffset Milliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
