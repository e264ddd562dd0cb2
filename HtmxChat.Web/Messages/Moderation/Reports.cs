using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Forwarding;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Moderation;

/// <summary>
/// Messages that people have told the administrators of. Whoever may read a message may report it, and administrators see
/// that one message and nothing around it; each is handled once.
/// </summary>
public sealed class Reports(SqlReader sql, GroupCommit writes, MessageStore store, MessageList messages, PublishMessages publish, ForwardedMessages forwarded, Unread unread, AuditTrail audit, TimeProvider time)
{
    /// <summary>As many are listed at a time, the oldest first.</summary>
    public const int MaxListed = 200;

    const string OfMessage = "room_id = @room and message_seq = @seq";

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A message that somebody may report; null when there is none for them.</summary>
    /// <param name="access">Of that person.</param>
    public Task<Message?> FindAsync(RoomAccess access, long seq, CancellationToken ct) => messages.FindShownAsync(access, seq, ct);

    /// <summary>Whether a person has reported a message.</summary>
    public async Task<bool> HasReportedAsync(Message message, PersonId by, CancellationToken ct) => (await sql.AllAsync(
        $"select 1 from reports where {OfMessage} and reporter_id = @by", row => row.GetInt32(0), ct,
        ("@room", message.Room.Value), ("@seq", message.Seq), ("@by", by.Value))).Count > 0;

    /// <summary>Tells the administrators of a message. A second time changes nothing.</summary>
    public Task AddAsync(Message message, PersonId by, Reason reason, CancellationToken ct) => writes.WriteAsync(session => session.Execute(
        """
        insert into reports (room_id, message_seq, reporter_id, reason, reported_at_ms) values (@room, @seq, @by, @reason, @now) on conflict do nothing
        """,
        ("@room", message.Room.Value), ("@seq", message.Seq), ("@by", by.Value), ("@reason", reason.Text), ("@now", NowMs)), ct);

    /// <summary>How many messages wait for an administrator.</summary>
    public async Task<long> CountOpenAsync(CancellationToken ct) => (await sql.AllAsync(
        $"select count(*) from (select distinct t.room_id, t.message_seq from reports t join rooms r on r.id = t.room_id join messages m on m.room_id = t.room_id and m.seq = t.message_seq where t.handled_at_ms is null and r.kind <> {RoomKind.Deleted:D}) open", row => row.GetInt64(0), ct)).Single();

    /// <summary>What nobody has handled, the oldest first.</summary>
    public async Task<IReadOnlyList<ReportedMessage>> ListOpenAsync(CancellationToken ct)
    {
        var found = await sql.AllAsync(
            $"""
            select {MessageSql.Columns}, r.name, r.kind, w.display_name, t.reason, t.reported_at_ms from reports t
            join rooms r on r.id = t.room_id join people w on w.id = t.reporter_id
            join messages m on m.room_id = t.room_id and m.seq = t.message_seq {MessageSql.Author} {MessageSql.Answered}
            where t.handled_at_ms is null and r.kind <> {RoomKind.Deleted:D} order by t.id limit {MaxListed}
            """,
            row => (
                Message: MessageSql.Read(row), RoomName: row.GetString(MessageSql.ColumnCount), Kind: (RoomKind)row.GetInt32(MessageSql.ColumnCount + 1),
                Report: new Report(row.GetString(MessageSql.ColumnCount + 2), row.GetString(MessageSql.ColumnCount + 3), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(MessageSql.ColumnCount + 4)))),
            ct);
        return [.. found.GroupBy(r => (r.Message.Room, r.Message.Seq)).Select(g => new ReportedMessage(g.First().Message, g.First().RoomName, g.First().Kind, [.. g.Select(r => r.Report)]))];
    }

    /// <summary>Removes a message that was reported.</summary>
    /// <param name="why">For its author.</param>
    /// <returns>False when it has been handled already.</returns>
    public async Task<bool> RemoveAsync(PersonId by, RoomId room, long seq, Reason why, CancellationToken ct)
    {
        var author = (await messages.FindAsync(room, seq, ct))?.Author.Id;
        var note = audit.Adding(new AuditAct(AuditKind.MessageRemoved, by, author));
        var removed = await writes.WriteAsync(room, session =>
        {
            if (!Handle(session, by, room, seq, why.Text, note)) return null;
            return store.Remove(session, room, [seq]);
        }, ct);

        if (removed is null) return false;

        await publish.RunAsync(removed);
        await forwarded.HaveChangedAsync(room);
        await unread.MentionsHaveChangedAsync(room, CancellationToken.None);
        return true;
    }

    /// <summary>Leaves a message that was reported as it is.</summary>
    /// <returns>False when it has been handled already.</returns>
    public async Task<bool> DismissAsync(PersonId by, RoomId room, long seq, CancellationToken ct)
    {
        var author = (await messages.FindAsync(room, seq, ct))?.Author.Id;
        var note = audit.Adding(new AuditAct(AuditKind.ReportDismissed, by, author));
        return await writes.WriteAsync(room, session => Handle(session, by, room, seq, answer: null, note), ct);
    }

    /// <summary>Why a message was removed, for its author; null when nobody said.</summary>
    public async Task<string?> ReasonAsync(Message message, CancellationToken ct) => (await sql.AllAsync(
        $"select answer from reports where {OfMessage} and answer is not null limit 1", row => row.GetString(0), ct,
        ("@room", message.Room.Value), ("@seq", message.Seq))).SingleOrDefault();

    bool Handle(SqlSession session, PersonId by, RoomId room, long seq, string? answer, Action<SqlSession> note)
    {
        // Two administrators at once: the second waits here, and finds nothing open.
        RoomSql.Lock(session, room);
        var handled = session.Execute(
            $"update reports set handled_at_ms = @now, handled_by_id = @by, answer = @answer where {OfMessage} and handled_at_ms is null",
            ("@now", NowMs), ("@by", by.Value), ("@answer", answer), ("@room", room.Value), ("@seq", seq));
        if (handled > 0) note(session);
        return handled > 0;
    }
}
