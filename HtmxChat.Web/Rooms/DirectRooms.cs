using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>Opens the direct room of some people. There is one for each set of them, whoever opens it, and its people never change.</summary>
public sealed class DirectRooms(GroupCommit writes, RoomWatch watch, TimeProvider time)
{
    /// <summary>In one room, oneself included.</summary>
    public const int MaxPeople = 16;

    /// <summary>Whether a person may open direct rooms. A guest is nobody whom others know, and may be one of the people of a room only.</summary>
    public static bool MayOpen(Viewer viewer) => viewer.Role != Role.Guest;

    /// <returns>The room; or why not.</returns>
    public async Task<(RoomId? Room, Refusal? Refusal)> OpenAsync(Viewer viewer, IEnumerable<PersonId> others, CancellationToken ct)
    {
        if (!MayOpen(viewer)) return (null, new("Guests take part in direct conversations that others open."));

        List<long> people = [.. others.Append(viewer.Id).Select(p => p.Value).Distinct().Order()];
        if (people.Count > MaxPeople) return (null, new($"A direct conversation has at most {MaxPeople} people; please choose fewer."));

        var (room, isNew) = await writes.WriteAsync(sql => Open(sql, viewer.Id, people), ct);
        if (room is null) return (null, new("Somebody you have chosen is not here any more."));

        if (isNew)
        {
            foreach (var person in people) await watch.ChangedAsync(new PersonId(person));
        }
        return (room, null);
    }

    (RoomId? Room, bool IsNew) Open(SqlSession sql, PersonId by, List<long> people)
    {
        // No room's name can begin like this: names have no control characters.
        var key = $"\u0001{string.Join(',', people)}";
        if (sql.First("select id from rooms where name_key = @key", row => row.GetInt64(0), ("@key", key)) is > 0 and var known) return (new RoomId(known), false);

        // They are numbers of ours, so they can stand in the text.
        var active = sql.First($"select count(*) from people where standing = {Standing.Active:D} and id in ({string.Join(',', people)})", row => row.GetInt64(0));
        if (active != people.Count) return (null, false);

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var room = sql.First(
            $"""
            insert into rooms (kind, name, name_key, topic, icon, posting, shows_history, last_seq, message_count, expired_count, created_by_id, created_at_ms)
            values ({RoomKind.Direct:D}, '', @key, '', '', {PostingRule.Everybody:D}, @yes, 0, 0, 0, @by, @now) returning id
            """,
            row => row.GetInt64(0), ("@key", key), ("@yes", true), ("@by", by.Value), ("@now", now));
        foreach (var person in people)
        {
            sql.Execute(
                $"""
                insert into memberships (room_id, person_id, involvement, is_favourite, from_seq, added_at_ms)
                values (@room, @person, {Involvement.Everything:D}, @no, 0, @now)
                """,
                ("@room", room), ("@person", person), ("@no", false), ("@now", now));
        }
        return (new RoomId(room), true);
    }
}
