using System.Globalization;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Mentions;

/// <summary>Whom messages call, in the database: by their handles, with everybody in the room, or because what they wrote is answered.</summary>
public static class MentionSql
{
    // Who may read the room and not this message, because it is in a thread from before they came, is not called: they would look for it in vain.
    static readonly string Insert = $"insert into mentions (person_id, room_id, seq, kind, sent_at_ms) select p.id, m.room_id, m.seq";
    static readonly string Readers = $"join messages m on m.room_id = @room and m.seq = @seq {ReadableSql.JoinsOf("m", "p.id")}";

    // Of people as p and rooms as r.
    static readonly string MayRead = $"p.standing = {Standing.Active:D} and (r.kind = {RoomKind.Open:D} or exists (select 1 from memberships c where c.room_id = r.id and c.person_id = p.id))";

    /// <summary>A message of which the list of mentions is to speak.</summary>
    /// <param name="Answers">The number of the message that it answers; null when it answers none.</param>
    public sealed record Source(RoomId Room, long Seq, PersonId Author, long SentAtMs, long? Answers);

    /// <summary>Finds whom a text calls: those who may read the room, and not its author.</summary>
    public static Mentioned Find(SqlSession sql, RoomId room, PersonId author, string text)
    {
        var handles = MentionedHandles.In(text);
        if (handles.Count == 0) return MentionedHandles.Of(text, Mentioned.Nobody.People);

        var names = Named("@handle", handles);
        var found = sql.All(
            $"""
            select p.normalized_user_name, p.id from people p join rooms r on r.id = @room
            where p.normalized_user_name in ({string.Join(", ", names.Select(n => n.Name))}) and p.id <> @author and {MayRead}
            """,
            row => (Handle: row.GetString(0), Person: new PersonId(row.GetInt64(1))), [("@room", room.Value), ("@author", author.Value), .. names]);
        return MentionedHandles.Of(text, found.ToDictionary(p => p.Handle, p => p.Person));
    }

    /// <summary>Notes whom a message calls, and marks its room for them.</summary>
    /// <param name="here">Who is here: in an open room they are everybody.</param>
    /// <returns>Whom.</returns>
    public static IReadOnlyList<PersonId> Note(SqlSession sql, Source message, Mentioned mentioned, IReadOnlyCollection<PersonId> here)
    {
        if (mentioned.IsNobody && message.Answers is null) return [];

        AddPeople(sql, message, mentioned);
        AddAnswered(sql, message);
        if (mentioned.IsRoom) AddRoom(sql, message, here);
        return ReadPlaceSql.Mention(sql, message.Room, message.Seq, message.Seq, only: null);
    }

    /// <summary>Puts right whom a message calls that has another text now.</summary>
    /// <returns>Who was not called before: they are still to be marked, see <see cref="ReadPlaceSql.Mention"/>.</returns>
    public static IReadOnlyList<PersonId> Change(SqlSession sql, Source message, Mentioned before, Mentioned now, IReadOnlyCollection<PersonId> here)
    {
        if (before.IsNobody && now.IsNobody) return [];

        // Whoever was called with the room stays so, whoever is here by now.
        var had = People(sql, message);
        sql.Execute(
            now.IsRoom ? $"update mentions set kind = {MentionKind.Room:D} where room_id = @room and seq = @seq and kind = {MentionKind.Handle:D}"
                : $"delete from mentions where room_id = @room and seq = @seq and kind <> {MentionKind.Answer:D}",
            ("@room", message.Room.Value), ("@seq", message.Seq));
        AddPeople(sql, message, now);
        AddAnswered(sql, message);
        if (now.IsRoom && !before.IsRoom) AddRoom(sql, message, here);

        var has = People(sql, message);
        ReadPlaceSql.Unmention(sql, message.Room, [.. had.Except(has)]);
        return [.. has.Except(had)];
    }

    /// <summary>Notes that some messages of a room call nobody any more.</summary>
    public static void Forget(SqlSession sql, RoomId room, IReadOnlyCollection<long> seqs)
    {
        // They are numbers, so they can stand in the text.
        var called = sql.All(
            $"delete from mentions where room_id = @room and seq in ({string.Join(',', seqs)}) returning person_id",
            row => new PersonId(row.GetInt64(0)), ("@room", room.Value));
        ReadPlaceSql.Unmention(sql, room, [.. called.Distinct()]);
    }

    static List<PersonId> People(SqlSession sql, Source message) => sql.All(
        "select person_id from mentions where room_id = @room and seq = @seq", row => new PersonId(row.GetInt64(0)), ("@room", message.Room.Value), ("@seq", message.Seq));

    static void AddPeople(SqlSession sql, Source message, Mentioned mentioned)
    {
        if (mentioned.People.Count == 0) return;

        // They are numbers of ours, so they can stand in the text.
        sql.Execute(
            $"""
            {Insert}, {MentionKind.Handle:D}, @sent from people p {Readers}
            where p.id in ({string.Join(',', mentioned.People.Values.Distinct())}) and {ReadableSql.Condition}
            on conflict (person_id, room_id, seq) do update set kind = excluded.kind
            """,
            ("@room", message.Room.Value), ("@seq", message.Seq), ("@sent", message.SentAtMs));
    }

    static void AddAnswered(SqlSession sql, Source message)
    {
        if (message.Answers is null) return;

        sql.Execute(
            $"""
            {Insert}, {MentionKind.Answer:D}, @sent from messages o join people p on p.id = o.author_id {Readers}
            where o.room_id = @room and o.seq = @answers and p.id <> @author and p.standing = {Standing.Active:D} and {ReadableSql.Condition} on conflict do nothing
            """,
            ("@room", message.Room.Value), ("@seq", message.Seq), ("@sent", message.SentAtMs), ("@answers", message.Answers), ("@author", message.Author.Value));
    }

    // Not those who want to be told nothing of the room. The list holds numbers only, so it can stand in the text.
    static void AddRoom(SqlSession sql, Source message, IReadOnlyCollection<PersonId> here) => sql.Execute(
        $"""
        {Insert}, {MentionKind.Room:D}, @sent from people p {Readers}
        where p.standing = {Standing.Active:D} and p.id <> @author and coalesce(mine.involvement, {Involvement.Everything:D}) not in ({Involvement.Nothing:D}, {Involvement.Hidden:D})
          and (r.kind <> {RoomKind.Open:D} or p.id in ({string.Join(',', here.Prepend(default))})) and {ReadableSql.Condition}
        on conflict do nothing
        """,
        ("@room", message.Room.Value), ("@seq", message.Seq), ("@sent", message.SentAtMs), ("@author", message.Author.Value));

    static List<(string Name, object? Value)> Named<T>(string name, IReadOnlyCollection<T> values) =>
        [.. values.Select((value, i) => (string.Create(CultureInfo.InvariantCulture, $"{name}{i}"), (object?)value))];
}
