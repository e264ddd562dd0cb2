using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>A room's people, and whether they are here: those who are stand first.</summary>
public sealed record WhoIsHere(RoomId Room, IReadOnlyList<(Member Member, Presence Presence)> People)
{
    /// <summary>In groups, with what stands above them; those that there are.</summary>
    public IEnumerable<(string Title, IReadOnlyList<(Member Member, Presence Presence)> People)> Groups =>
        from presence in new[] { Presence.Active, Presence.Away, Presence.Offline }
        let people = People.Where(p => p.Presence == presence).ToList()
        where people.Count > 0
        select (presence.ToString(), (IReadOnlyList<(Member, Presence)>)people);
}
