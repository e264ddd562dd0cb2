using System.Data.Common;
using System.Globalization;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>How far people have read, in the database.</summary>
public static class ReadPlaceSql
{
    /// <summary>As many are mentioned by one message at most.</summary>
    public const int MaxMentioned = 20;

    /// <summary>Notes that somebody has seen a room up to an event; never goes back, nor further than the room has come.</summary>
    /// <returns>How far they have read now; null when the room or the person is gone.</returns>
    public static ReadPlace? Move(SqlSession sql, PersonId person, RoomId room, long seq)
    {
        sql.Execute(
            """
            insert into read_places (room_id, person_id, seq, messages, mention_seq)
            select r.id, p.id, case when r.last_seq < @seq then r.last_seq else @seq end, r.message_count - (select count(*) from messages m where m.room_id = r.id and m.seq > @seq), 0
            from rooms r join people p on p.id = @person where r.id = @room
            on conflict (room_id, person_id) do update set seq = excluded.seq, messages = excluded.messages where read_places.seq < excluded.seq
            """,
            ("@room", room.Value), ("@person", person.Value), ("@seq", seq));
        return sql.First(
            "select seq, messages, mention_seq from read_places where room_id = @room and person_id = @person",
            row => Read(row, 0) as ReadPlace?, ("@room", room.Value), ("@person", person.Value));
    }

    /// <summary>Notes that a message mentions people: those of them who may read it, and not its author.</summary>
    /// <param name="handles">As the database compares them; at most <see cref="MaxMentioned"/>.</param>
    /// <returns>Whom.</returns>
    public static IReadOnlyList<PersonId> Mention(SqlSession sql, RoomId room, PersonId author, long seq, IReadOnlyList<string> handles)
    {
        if (handles.Count == 0) return [];

        var names = handles.Select((handle, i) => (Name: string.Create(CultureInfo.InvariantCulture, $"@handle{i}"), Value: (object?)handle)).ToList();

        // An open room that was there before them, and in which they have never been, is not unread to them as a whole. Below
        // every number: they may have been there a moment ago, and the database is told of that next.
        return sql.All(
            $"""
            insert into read_places (room_id, person_id, seq, messages, mention_seq)
            select r.id, p.id, -1, case when r.kind = {RoomKind.Open:D} and r.created_at_ms <= p.joined_at_ms then r.message_count - 1 else 0 end, @seq
            from rooms r join people p on p.normalized_user_name in ({string.Join(", ", names.Select(n => n.Name))})
            where r.id = @room and p.id <> @author and p.standing = {Standing.Active:D}
              and (r.kind = {RoomKind.Open:D} or exists (select 1 from memberships m where m.room_id = r.id and m.person_id = p.id))
            on conflict (room_id, person_id) do update set mention_seq = excluded.mention_seq
            returning person_id
            """,
            row => new PersonId(row.GetInt64(0)), [("@room", room.Value), ("@author", author.Value), ("@seq", seq), .. names]);
    }

    /// <summary>Reads seq, messages and mention_seq.</summary>
    public static ReadPlace Read(DbDataReader row, int first) => new(row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2));
}
