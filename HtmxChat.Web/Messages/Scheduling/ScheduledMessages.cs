using System.Data.Common;
using System.Globalization;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Scheduling;

/// <summary>What somebody has written to be posted later.</summary>
/// <param name="Key">What makes posting it twice harmless.</param>
/// <param name="Reply">The message of the same room that it answers; null when it answers none.</param>
/// <param name="Problem">Why it could not be posted when it was due; null while nothing is wrong.</param>
public sealed record ScheduledMessage(long Id, PersonId Person, RoomId Room, ClientKey Key, string Text, long? Reply, DateTimeOffset DueAt, string? Problem);

/// <summary>What waits to be posted. From its time on, until that has come to its end, nobody changes it.</summary>
public sealed class ScheduledMessages(SqlReader sql, GroupCommit writes, TimeProvider time)
{
    /// <summary>As many a person can have waiting.</summary>
    public const int MaxWaiting = 100;

    const string Columns = "id, person_id, room_id, client_key, text, reply_to_seq, due_at_ms, problem";

    const string Waits = "(problem is not null or due_at_ms > @now)";

    static readonly Refusal TooMany = new(string.Create(CultureInfo.InvariantCulture, $"{MaxWaiting} of your messages wait already. Please send or delete one of them first; your text is kept."));

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Keeps a message until its time; the same person and key are one message, as when it is posted.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public Task<Refusal?> AddAsync(PersonId person, RoomId room, ClientKey key, Draft draft, DateTimeOffset dueAt, CancellationToken ct) => writes.WriteAsync(room, session =>
    {
        // Else two nodes might keep one form twice.
        RoomSql.Lock(session, room);
        var isThere = session.First(
            "select 1 from scheduled where person_id = @person and client_key = @key union all select 1 from messages where author_id = @person and client_key = @key",
            _ => true, ("@person", person.Value), ("@key", key.Text));
        if (isThere) return null;
        if (session.First("select count(*) from scheduled where person_id = @person", row => row.GetInt64(0), ("@person", person.Value)) >= MaxWaiting) return TooMany;

        session.Execute(
            "insert into scheduled (person_id, room_id, client_key, text, reply_to_seq, due_at_ms) values (@person, @room, @key, @text, @reply, @due)",
            ("@person", person.Value), ("@room", room.Value), ("@key", key.Text), ("@text", draft.Text), ("@reply", draft.Answers), ("@due", dueAt.ToUnixTimeMilliseconds()));
        return null;
    }, ct);

    /// <summary>What a person has waiting, in the order in which it goes out.</summary>
    public Task<List<ScheduledMessage>> ListAsync(PersonId person, CancellationToken ct) =>
        sql.AllAsync($"select {Columns} from scheduled where person_id = @person order by due_at_ms, id", Read, ct, ("@person", person.Value));

    /// <summary>One of them; null when there is none.</summary>
    public async Task<ScheduledMessage?> FindAsync(PersonId person, long id, CancellationToken ct) => (await sql.AllAsync(
        $"select {Columns} from scheduled where id = @id and person_id = @person", Read, ct, ("@id", id), ("@person", person.Value))).SingleOrDefault();

    /// <summary>Gives one another text and another time.</summary>
    /// <returns>False when there is none, or it is being posted.</returns>
    public Task<bool> ChangeAsync(PersonId person, long id, Draft draft, DateTimeOffset dueAt, CancellationToken ct) => writes.WriteAsync(session => session.Execute(
        $"update scheduled set text = @text, due_at_ms = @due, problem = null where id = @id and person_id = @person and {Waits}",
        ("@text", draft.Text), ("@due", dueAt.ToUnixTimeMilliseconds()), ("@id", id), ("@person", person.Value), ("@now", NowMs)) > 0, ct);

    /// <summary>Has one posted now, whatever its time was.</summary>
    /// <returns>False when there is none, or it is being posted.</returns>
    public Task<bool> HastenAsync(PersonId person, long id, CancellationToken ct) => writes.WriteAsync(session => session.Execute(
        $"update scheduled set due_at_ms = @now, problem = null where id = @id and person_id = @person and {Waits}", ("@now", NowMs), ("@id", id), ("@person", person.Value)) > 0, ct);

    /// <summary>Forgets one.</summary>
    /// <returns>False when there is none, or it is being posted.</returns>
    public Task<bool> RemoveAsync(PersonId person, long id, CancellationToken ct) => writes.WriteAsync(session => session.Execute(
        $"delete from scheduled where id = @id and person_id = @person and {Waits}", ("@id", id), ("@person", person.Value), ("@now", NowMs)) > 0, ct);

    /// <summary>Those whose time has come.</summary>
    public Task<List<ScheduledMessage>> DueAsync(int limit, CancellationToken ct) => sql.AllAsync(
        $"select {Columns} from scheduled where problem is null and due_at_ms <= @now order by due_at_ms, id limit {limit}", Read, ct, ("@now", NowMs));

    /// <summary>Forgets one that was posted.</summary>
    public Task PostedAsync(ScheduledMessage posted, CancellationToken ct) =>
        writes.WriteAsync(session => session.Execute("delete from scheduled where id = @id", ("@id", posted.Id)), ct);

    /// <summary>Notes why one was not posted; it stays for its author to decide.</summary>
    public Task FailedAsync(ScheduledMessage failed, Refusal why, CancellationToken ct) =>
        writes.WriteAsync(session => session.Execute("update scheduled set problem = @why where id = @id", ("@why", why.Words), ("@id", failed.Id)), ct);

    static ScheduledMessage Read(DbDataReader row) => new(
        row.GetInt64(0), new PersonId(row.GetInt64(1)), new RoomId(row.GetInt64(2)), ClientKey.Parse(row.GetString(3))!, row.GetString(4),
        row.IsDBNull(5) ? null : row.GetInt64(5), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), row.IsDBNull(7) ? null : row.GetString(7));
}
