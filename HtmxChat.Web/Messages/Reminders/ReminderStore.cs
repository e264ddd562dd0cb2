using System.Globalization;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Reminders;

/// <summary>That somebody is to be reminded of a message, or has been and has not said that it is done.</summary>
/// <param name="IsDue">Whether they have been told.</param>
public sealed record Reminder(long Id, Message Message, DateTimeOffset DueAt, bool IsDue);

/// <summary>What people want to be reminded of. It stands in the database alone, so that it is the same on every node and after a restart.</summary>
public sealed class ReminderStore(SqlReader sql, GroupCommit writes, TimeProvider time)
{
    /// <summary>As many a person can wait for.</summary>
    public const int MaxWaiting = 100;

    /// <summary>As many are listed.</summary>
    const int MaxListed = 200;

    const int AtOnce = 200;

    static readonly Refusal TooMany = new(string.Create(CultureInfo.InvariantCulture, $"You wait for {MaxWaiting} reminders already. Please cancel one first."));

    static readonly string Readable =
        $"exists (select 1 from messages m {ReadableSql.JoinsOf("m", "reminders.person_id")} where m.room_id = reminders.room_id and m.seq = reminders.seq and {ReadableSql.Condition})";

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Has somebody reminded of a message that they may read. Of one message they are reminded once: a new time takes the place of the one before.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public Task<Refusal?> SetAsync(PersonId person, Message message, DateTimeOffset dueAt, CancellationToken ct) => writes.WriteAsync(session =>
    {
        session.Execute("delete from reminders where person_id = @person and room_id = @room and seq = @seq", ("@person", person.Value), ("@room", message.Room.Value), ("@seq", message.Seq));
        if (session.First("select count(*) from reminders where person_id = @person and told_at_ms is null", row => row.GetInt64(0), ("@person", person.Value)) >= MaxWaiting) return TooMany;

        session.Execute(
            "insert into reminders (person_id, room_id, seq, due_at_ms) select @person, room_id, seq, @due from messages where room_id = @room and seq = @seq",
            ("@person", person.Value), ("@due", dueAt.ToUnixTimeMilliseconds()), ("@room", message.Room.Value), ("@seq", message.Seq));
        return null;
    }, ct);

    /// <summary>Forgets one of a person's reminders, before it is due or after.</summary>
    public Task RemoveAsync(PersonId person, long reminder, CancellationToken ct) =>
        writes.WriteAsync(session => session.Execute("delete from reminders where id = @id and person_id = @person", ("@id", reminder), ("@person", person.Value)), ct);

    /// <summary>A person's reminders of what they may still read: those that are due, the newest first, and then those to come.</summary>
    public async Task<List<Reminder>> ListAsync(PersonId person, CancellationToken ct) => [.. await DueAsync(person, MaxListed, ct), .. await FindAsync(person, "t.told_at_ms is null", "t.due_at_ms, t.id", MaxListed, ct)];

    /// <summary>The newest of those that a person has been told of and has not said to be done.</summary>
    public Task<List<Reminder>> DueAsync(PersonId person, int limit, CancellationToken ct) => FindAsync(person, "t.told_at_ms is not null", "t.due_at_ms desc, t.id desc", limit, ct);

    /// <summary>Notes that those are told whose time has come. Of several nodes one does; of what its reader may not read any more nobody is told.</summary>
    /// <returns>Who is to be told.</returns>
    public async Task<IReadOnlyCollection<PersonId>> TakeDueAsync(CancellationToken ct)
    {
        var due = await sql.AllAsync($"select id from reminders where told_at_ms is null and due_at_ms <= @now order by due_at_ms limit {AtOnce}", row => row.GetInt64(0), ct, ("@now", NowMs));
        if (due.Count == 0) return [];

        // They are numbers of ours, so they can stand in the text.
        var those = $"id in ({string.Join(',', due)}) and told_at_ms is null";
        var told = await writes.WriteAsync(session =>
        {
            session.Execute($"delete from reminders where {those} and not {Readable}");
            return session.All($"update reminders set told_at_ms = @now where {those} returning person_id", row => new PersonId(row.GetInt64(0)), ("@now", NowMs));
        }, ct);
        return told.ToHashSet();
    }

    Task<List<Reminder>> FindAsync(PersonId person, string which, string order, int limit, CancellationToken ct) => sql.AllAsync(
        $"""
        select {MessageSql.Columns}, t.id, t.due_at_ms, t.told_at_ms from reminders t
        join messages m on m.room_id = t.room_id and m.seq = t.seq {MessageSql.Author} {ReadableSql.Joins} {MessageSql.Answered}
        where t.person_id = @person and {which} and {ReadableSql.Condition} order by {order} limit {limit}
        """,
        row => new Reminder(row.GetInt64(MessageSql.ColumnCount), MessageSql.Read(row), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(MessageSql.ColumnCount + 1)), !row.IsDBNull(MessageSql.ColumnCount + 2)),
        ct, ("@person", person.Value));
}
