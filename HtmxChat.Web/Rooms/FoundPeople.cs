using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>People to look at or to choose from, by name: as many as a page lists.</summary>
/// <param name="Count">How many there are that the search finds, with those who are chosen.</param>
/// <param name="Total">How many there are without a search.</param>
public sealed record FoundPeople(IReadOnlyList<Member> People, long Count, long Total, NameSearch Search)
{
    // So many are seen at a glance.
    const int Few = 20;

    /// <summary>Who was chosen before. They stand first, whether the search finds them or not.</summary>
    public IReadOnlyCollection<PersonId> Chosen { get; init; } = [];

    /// <summary>Whether one would rather search than look through them.</summary>
    public bool IsLong => Total > Few || !Search.IsEmpty;

    /// <summary>Whether there are more than are listed.</summary>
    public bool IsCut => Count > People.Count;

    /// <summary>What is to be said of the list; empty when it speaks for itself.</summary>
    public string Words =>
        Chosen.Count >= Members.MaxListed ? $"You have chosen {Number(Chosen.Count)}: as many as go at a time." :
        IsCut && Search.IsEmpty ? $"The first {Number(People.Count)} of {Number(Count)} are listed; find the others by name." :
        IsCut ? $"The first {Number(People.Count)} of {Number(Count)} with such a name are listed; write more of it." :
        Search.IsEmpty ? "" :
        People.All(p => Chosen.Contains(p.Id)) ? $"Nobody{(Chosen.Count > 0 ? " else" : "")} is called that." : "";

    /// <summary>A number of people as it is shown.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
