using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>What people have typed and not sent, in the database.</summary>
static class DraftSql
{
    /// <summary>Where somebody types.</summary>
    /// <param name="Thread">The number of the message that the thread began with; null is the room itself.</param>
    public readonly record struct Place(PersonId Person, RoomId Room, long? Thread)
    {
        public (string, object?)[] With(params ReadOnlySpan<(string, object?)> parameters) =>
            [("@author", Person.Value), ("@room", Room.Value), ("@thread", Thread), .. parameters];
    }

    const string There = "person_id = @author and room_id = @room and thread_seq = coalesce(cast(@thread as bigint), 0)";

    /// <summary>
    /// Takes away what was kept of a text that is sent, as a statement beside others: what the page had saved last, or whatever the text begins
    /// with, as the last save may have been lost. What was saved by another device is another text, and stays.
    /// </summary>
    public const string DeleteSent =
        $"""
        delete from drafts where {There}
          and (text = @kept or substr(@text, 1, length(ltrim(rtrim(text, @blank), @blank))) = ltrim(rtrim(text, @blank), @blank))
        """;

    /// <summary>The same as a statement by itself.</summary>
    /// <returns>Whether there was something.</returns>
    public static bool DeleteSentNow(SqlSession sql, Place place, string text, string kept) => sql.Execute(
        DeleteSent, place.With(("@text", text), ("@kept", kept), ("@blank", KeptDraft.Blank))) > 0;

    public static bool IsThere(SqlSession sql, Place place) => sql.First($"select 1 from drafts where {There}", row => row.GetInt32(0), place.With()) == 1;

    /// <returns>False when it has been sent already, or the room or what the thread began with is gone.</returns>
    public static bool Save(SqlSession sql, Place place, KeptDraft draft, string key, DateTimeOffset now) => sql.Execute(
        """
        insert into drafts (person_id, room_id, thread_seq, text, reply_to_seq, saved_at_ms)
        select p.id, r.id, coalesce(cast(@thread as bigint), 0), @text, cast(@reply as bigint), @now from rooms r join people p on p.id = @author
        where r.id = @room and not exists (select 1 from messages m where m.author_id = p.id and m.client_key = @key)
          and (cast(@thread as bigint) is null or exists (select 1 from messages m where m.room_id = r.id and m.seq = @thread and m.thread_seq is null and m.deleted_at_ms is null))
        on conflict (person_id, room_id, thread_seq) do update set text = excluded.text, reply_to_seq = excluded.reply_to_seq, saved_at_ms = excluded.saved_at_ms
        """,
        place.With(("@text", draft.Text), ("@reply", draft.Reply), ("@now", now.ToUnixTimeMilliseconds()), ("@key", key))) > 0;

    /// <summary>Takes away a draft with this text.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Delete(SqlSession sql, Place place, string text) => sql.Execute($"delete from drafts where {There} and text = @text", place.With(("@text", text))) > 0;

    /// <summary>Takes away what is typed in the threads of messages that are there no longer.</summary>
    public static void Forget(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs) => sql.Execute(
        $"delete from drafts where room_id = @room and thread_seq in ({string.Join(',', seqs)})", ("@room", room.Value));
}
