using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Commands;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>What may be meant by a beginning: after <c>@</c> people, those first who spoke in the room lately and then those who are here; after a slash commands.</summary>
public sealed class Suggestions(SqlReader sql, Attendance attendance, RoomCall calls)
{
    /// <summary>As many are offered.</summary>
    public const int Most = 8;

    // Whoever has written one of so many messages spoke lately.
    const int Lately = 200;

    const int MostHere = 500;

    /// <param name="access">The room in which it is typed.</param>
    /// <param name="begun">With the sign that it begins with.</param>
    public async Task<IReadOnlyList<Suggestion>> FindAsync(RoomAccess access, PersonId viewer, string? begun, CancellationToken ct)
    {
        var rest = begun is { Length: > 0 } ? begun[1..] : "";
        return begun is ['/', ..] ? Commands(rest) : begun is ['@', ..] && rest.Length <= Handle.MaxLength ? await PeopleAsync(access, viewer, rest, ct) : [];
    }

    static List<Suggestion> Commands(string begun) =>
        [.. SlashCommand.All.Where(c => c.Name.StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Select(c => new Suggestion($"/{c.Name}", $"/{c.Name} {c.Takes}".Trim(), c.Does))];

    async Task<IReadOnlyList<Suggestion>> PeopleAsync(RoomAccess access, PersonId viewer, string begun, CancellationToken ct)
    {
        var (room, search) = (access.Room, NameSearch.Of(begun));

        // They are numbers, so they can stand in the text.
        var people = await sql.AllAsync(
            $"""
            select p.id, p.display_name, p.user_name, p.picture from people p join rooms r on r.id = @room
            left join (select t.author_id, max(t.seq) as spoke from (select m.author_id, m.seq from messages m where m.room_id = @room and {MessageSql.Readable} order by m.seq desc limit {Lately}) t group by t.author_id) l on l.author_id = p.id
            where p.standing = {Standing.Active:D} and p.id <> @viewer and (r.kind = {RoomKind.Open:D} or exists (select 1 from memberships m where m.room_id = r.id and m.person_id = p.id)) and {search.Condition}
            order by coalesce(l.spoke, 0) desc, case when p.id in ({string.Join(',', attendance.Here(MostHere).Prepend(default))}) then 0 else 1 end, lower(p.display_name), p.id limit {Most}
            """,
            row => new Suggestion($"@{row.GetString(2)}", row.GetString(1), $"@{row.GetString(2)}")
            {
                Face = new Face(new PersonId(row.GetInt64(0)), row.GetString(1), row.IsDBNull(3) ? null : row.GetString(3)),
            },
            ct, [("@room", room.Id.Value), ("@viewer", viewer.Value), ("@from", access.FromSeq), .. search.Parameters]);
        return Handle.OfRoom.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && access.MayPost && await calls.RefuseAsync(access, viewer, ct) is null
            ? [.. people.Take(Most - 1), new Suggestion($"@{Handle.OfRoom}", $"@{Handle.OfRoom}", room.Kind == RoomKind.Open ? "everybody who is here now" : "everybody in this room")]
            : people;
    }
}
