using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>A room's people, and whether they are here: those who are stand first.</summary>
public sealed record WhoIsHere(RoomId Room, IReadOnlyList<(Member Member, Presence Presence)> People, FoundPeople Found)
{
    /// <summary>Whether it is shown on the page of its own, where people can be searched for, and not in a room's panel.</summary>
    public bool IsOwnPage { get; init; }

    /// <summary>In groups, with what stands above them; those that there are.</summary>
    public IEnumerable<(string Title, string Count, IReadOnlyList<(Member Member, Presence Presence)> People)> Groups =>
        from presence in new[] { Presence.Active, Presence.Away, Presence.Offline }
        let people = People.Where(p => p.Presence == presence).ToList()
        where people.Count > 0
        select (presence.ToString(), Count(people.Count, presence), (IReadOnlyList<(Member, Presence)>)people);

    // Whoever is not listed is offline, unless all who are listed are here: then perhaps nobody knows of some others.
    string Count(int listed, Presence presence) =>
        !Found.IsCut ? FoundPeople.Number(listed) :
        presence == Presence.Offline ? FoundPeople.Number(listed + Found.Count - People.Count) :
        People.All(p => p.Presence != Presence.Offline) && presence == People.Min(p => p.Presence) ? $"{FoundPeople.Number(listed)}+" : FoundPeople.Number(listed);
}
