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
    }

    /// <summary>Stores a message, or finds the one that this author stored under this key before.</summary>
    public Task<Stored> PostAsync(RoomId room, Author author, ClientKey key, Draft draft, CancellationToken ct) =>
        writes.WriteBrieflyAsync(room, sql => FindByKey(sql, author.Id, key) is { } earlier
            ? new Stored(earlier, Head: null, Mentioned: [])
            : Insert(sql, room, author, key, draft), ct);

    /// <summary>Gives a message a new text.</summary>
    /// <returns>The changed message; null when there is none, or it was deleted.</returns>
    public Task<Message?> EditAsync(RoomId room, long seq, Draft draft, CancellationToken ct) =>
        writes.WriteAsync(room, sql => Change(sql, room, seq, RoomChange.Edited, draft.Text), ct);

    /// <summary>Takes a message's text away and leaves its place.</summary>
    /// <returns>What is left; null when there is none, or it was deleted before.</returns>
    public Task<Message?> DeleteAsync(RoomId room, long seq, CancellationToken ct) =>
        writes.WriteAsync(room, sql => Change(sql, room, seq, RoomChange.Deleted, ""), ct);

    /// <summary>Takes the texts of some messages of one room away at once and leaves their places.</summary>
    /// <returns>What is left of those that were not deleted before.</returns>
    public Task<List<Message>> DeleteAsync(RoomId room, IReadOnlyCollection<long> seqs, CancellationToken ct) =>
        writes.WriteAsync(room, sql => Delete(sql, room, seqs), ct);

    /// <summary>Does the same in the name of the administrators.</summary>
    public Task<List<Message>> RemoveAsync(RoomId room, IReadOnlyCollection<long> seqs, CancellationToken ct) =>
        writes.WriteAsync(room, sql => Remove(sql, room, seqs), ct);

    /// <summary>Takes the texts of some messages of one room away in the name of the administrators, inside the caller's transaction.</summary>
    /// <returns>What is left of those that were not deleted before.</returns>
    internal List<Message> Remove(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs)
    {
        var removed = Delete(sql, room, seqs);
        if (removed.Count > 0) sql.Execute($"update messages set is_removed = @yes where room_id = @room and seq in ({string.Join(',', removed.Select(m => m.Seq))})", ("@yes", true), ("@room", room.Value));
        return [.. removed.Select(m => m with { IsRemoved = true })];
    }

    Stored Insert(SqlSession sql, RoomId room, Author author, ClientKey key, Draft draft)
    {
        var head = EventSql.NextMessage(sql, room);
        var seq = head.Seq;
        var now = Milliseconds(time.GetUtcNow());
        var previous = sql.First(
            "select author_id, sent_at_ms from messages where room_id = @room order by seq desc limit 1",
            row => (new PersonId(row.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))) as (PersonId, DateTimeOffset)?,
            ("@room", room.Value));
        var placement = Placements.After(previous, author.Id, now);

        // Together, because to PostgreSQL each is a round trip.
        sql.Execute(
            $"""
            insert into messages (room_id, seq, changed_seq, author_id, client_key, text, sent_at_ms, placement)
            values (@room, @seq, @seq, @author, @key, @text, @now, @placement);
            {EventSql.InsertEvent}
            """,
            ("@room", room.Value), ("@seq", seq), ("@author", author.Id.Value), ("@key", key.Text), ("@text", draft.Text),
            ("@now", now.ToUnixTimeMilliseconds()), ("@placement", (int)placement), ("@kind", (int)RoomChange.Posted), ("@message", seq));

        var message = new Message(room, seq, seq, author, key.Text, draft.Text, now, placement, EditedAt: null, DeletedAt: null);
        return new Stored(message, head, ReadPlaceSql.Mention(sql, room, author.Id, seq, Mentions.In(draft.Text)));
    }

    Message? Change(SqlSession sql, RoomId room, long seq, RoomChange kind, string text)
    {
        RoomSql.Lock(sql, room);
        var exists = sql.First(
            "select 1 from messages where room_id = @room and seq = @seq and deleted_at_ms is null",
            _ => true, ("@room", room.Value), ("@seq", seq));
        if (!exists) return null;

        var change = EventSql.NextSeq(sql, room);
        EventSql.Insert(sql, room, change, kind, seq);
        sql.Execute(
            kind == RoomChange.Deleted
                ? "update messages set text = @text, changed_seq = @change, deleted_at_ms = @now where room_id = @room and seq = @seq"
                : "update messages set text = @text, changed_seq = @change, edited_at_ms = @now where room_id = @room and seq = @seq",
            ("@text", text), ("@change", change), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("@room", room.Value), ("@seq", seq));

        return sql.First($"{MessageSql.Select} where m.room_id = @room and m.seq = @seq", MessageSql.Read, ("@room", room.Value), ("@seq", seq));
    }

    // A few statements for all of them, because to PostgreSQL each is a round trip. The lists hold numbers only, so they can stand in the text.
    List<Message> Delete(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs)
    {
        RoomSql.Lock(sql, room);
        var left = sql.All(
            $"select seq from messages where room_id = @room and seq in ({string.Join(',', seqs)}) and deleted_at_ms is null order by seq",
            row => row.GetInt64(0), ("@room", room.Value));
        if (left.Count == 0) return [];

        var last = sql.First(
            "update rooms set last_seq = last_seq + @count where id = @room returning last_seq",
            row => row.GetInt64(0), ("@count", left.Count), ("@room", room.Value));
        var changes = left.Select((seq, i) => (Seq: seq, Change: last - left.Count + 1 + i)).ToList();
        sql.Execute(
            $"insert into events (room_id, seq, kind, message_seq) values {string.Join(',', changes.Select(c => $"(@room,{c.Change},{RoomChange.Deleted:D},{c.Seq})"))}",
            ("@room", room.Value));
        sql.Execute(
            $"""
            update messages set text = '', changed_seq = v.column2, deleted_at_ms = @now
            from (values {string.Join(',', changes.Select(c => $"({c.Seq},{c.Change})"))}) as v where room_id = @room and messages.seq = v.column1
            """,
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("@room", room.Value));
        return sql.All($"{MessageSql.Select} where m.room_id = @room and m.seq in ({string.Join(',', left)}) order by m.changed_seq", MessageSql.Read, ("@room", room.Value));
    }

    static Message? FindByKey(SqlSession sql, PersonId author, ClientKey key) =>
        sql.First($"{MessageSql.Select} where m.author_id = @author and m.client_key = @key", MessageSql.Read, ("@author", author.Value), ("@key", key.Text));

    // The database keeps milliseconds; what is rendered now must equal what is rendered from there.
    static DateTimeOffset Milliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
