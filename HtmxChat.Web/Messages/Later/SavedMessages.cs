using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Later;

/// <summary>A stretch of what somebody has saved, the newest first.</summary>
/// <param name="Before">Where the next one begins; null where there is none.</param>
public sealed record SavedPage(IReadOnlyList<Message> Messages, string? Before);

/// <summary>What people put aside for themselves. Nobody else sees it.</summary>
public sealed class SavedMessages(SqlReader sql, GroupCommit writes, TimeProvider time)
{
    /// <summary>How many a page shows.</summary>
    public const int PageSize = 30;

    /// <summary>Saves a message that the person may read; once more changes nothing.</summary>
    public Task SaveAsync(PersonId person, Message message, CancellationToken ct) => writes.WriteAsync(session => session.Execute(
        "insert into saved (person_id, room_id, seq, saved_at_ms) select @person, room_id, seq, @now from messages where room_id = @room and seq = @seq on conflict do nothing",
        ("@person", person.Value), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("@room", message.Room.Value), ("@seq", message.Seq)), ct);

    /// <summary>Takes a message out again, whether the person may still read it or not.</summary>
    public Task RemoveAsync(PersonId person, RoomId room, long seq, CancellationToken ct) => writes.WriteAsync(session => session.Execute(
        "delete from saved where person_id = @person and room_id = @room and seq = @seq", ("@person", person.Value), ("@room", room.Value), ("@seq", seq)), ct);

    public async Task<bool> IsSavedAsync(PersonId person, Message message, CancellationToken ct) => (await sql.AllAsync(
        "select 1 from saved where person_id = @person and room_id = @room and seq = @seq",
        row => row.GetInt32(0), ct, ("@person", person.Value), ("@room", message.Room.Value), ("@seq", message.Seq))).Count > 0;

    /// <summary>What the person has saved and may still read.</summary>
    /// <param name="before">See <see cref="SavedPage.Before"/>; anything else is the beginning.</param>
    public async Task<SavedPage> ListAsync(PersonId person, string? before, CancellationToken ct)
    {
        var (at, room, seq) = ListPlace.Parse(before);
        var found = await sql.AllAsync(
            $"""
            select {MessageSql.Columns}, s.saved_at_ms from saved s
            join messages m on m.room_id = s.room_id and m.seq = s.seq {MessageSql.Author} {ReadableSql.Joins} {MessageSql.Answered}
            where s.person_id = @person and (s.saved_at_ms, s.room_id, s.seq) < (@at, @room, @seq) and {ReadableSql.Condition}
            order by s.saved_at_ms desc, s.room_id desc, s.seq desc limit {PageSize + 1}
            """,
            row => (Message: MessageSql.Read(row), SavedAt: DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(MessageSql.ColumnCount))), ct, ("@person", person.Value), ("@at", at), ("@room", room), ("@seq", seq));
        return new SavedPage(
            [.. found.Take(PageSize).Select(f => f.Message)],
            found.Count > PageSize ? ListPlace.Of(found[PageSize - 1].Message, found[PageSize - 1].SavedAt).ToString() : null);
    }
}
