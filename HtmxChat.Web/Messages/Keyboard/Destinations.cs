using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.Keyboard;

/// <summary>Where somebody can go from where they are.</summary>
/// <param name="Rooms">That they may enter; of these first the ones that mention them, then what is unread, then where something was said last.</param>
/// <param name="People">To whom they have no direct conversation yet.</param>
/// <param name="IsSearch">Whether something was looked for.</param>
public sealed record FoundDestinations(IReadOnlyList<ListedRoom> Rooms, IReadOnlyList<Member> People, bool IsSearch)
{
    public bool IsEmpty => Rooms.Count + People.Count == 0;
}

/// <summary>Finds them.</summary>
public sealed class Destinations(RoomDirectory rooms, Members members, SqlReader sql)
{
    /// <summary>As many rooms are shown.</summary>
    public const int MaxRooms = 12;

    /// <summary>As many people are shown.</summary>
    public const int MaxPeople = 8;

    // Of more rooms it is not asked when something was said in them last.
    const int MaxAsked = 200;

    /// <param name="typed">A part of a room's name, or the beginning of a word of somebody's name or handle; null or empty for the rooms that one would go to next.</param>
    /// <param name="from">Where they are: it comes last, as long as nothing is typed.</param>
    public async Task<FoundDestinations> FindAsync(Viewer viewer, RoomId? from, string? typed, CancellationToken ct)
    {
        var search = NameSearch.Of(typed);
        if (search.IsEmpty)
        {
            var next = await InOrderAsync(await rooms.ListAsync(viewer.Id, ct), search, ct);
            return new FoundDestinations([.. next.OrderBy(r => r.Room.Id == from)], [], IsSearch: false);
        }

        var all = await rooms.ListAllAsync(viewer.Id, ct);
        var talkedTo = all.Select(r => r.Room.Other).OfType<PersonId>().Append(viewer.Id).ToHashSet();
        var people = (await members.FindEverybodyAsync(search, chosen: [], ct)).People.Where(p => !talkedTo.Contains(p.Id)).Take(MaxPeople);
        return new FoundDestinations(await InOrderAsync(all.Where(r => Rank(r, search) < 3), search, ct), [.. people], IsSearch: true);
    }

    async Task<List<ListedRoom>> InOrderAsync(IEnumerable<ListedRoom> found, NameSearch search, CancellationToken ct)
    {
        var some = found.OrderBy(r => Rank(r, search)).ThenByDescending(r => r.Mark.IsMentioned).ThenByDescending(r => r.Mark.Unread > 0).Take(MaxAsked).ToList();
        if (some.Count == 0) return some;

        // They are numbers of ours, so they can stand in the text.
        var times = await sql.AllAsync(
            $"select r.id, (select m.sent_at_ms from messages m where m.room_id = r.id order by m.seq desc limit 1) from rooms r where r.id in ({string.Join(',', some.Select(r => r.Room.Id))})",
            row => (Room: new RoomId(row.GetInt64(0)), At: row.IsDBNull(1) ? 0 : row.GetInt64(1)), ct);
        var at = times.ToDictionary(t => t.Room, t => t.At);
        return [.. some.OrderBy(r => Rank(r, search)).ThenByDescending(r => r.Mark.IsMentioned).ThenByDescending(r => r.Mark.Unread > 0).ThenByDescending(r => at.GetValueOrDefault(r.Room.Id)).Take(MaxRooms)];
    }

    // By how much of the name was typed: its beginning, that of one of its words, or something in its middle; 3 when it is not there at all.
    static int Rank(ListedRoom listed, NameSearch search)
    {
        var (name, typed) = (listed.Room.Name, search.Text.TrimStart('#', '@'));
        return
            name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 :
            name.Contains($" {typed}", StringComparison.OrdinalIgnoreCase) ? 1 :
            name.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 2 : 3;
    }
}
