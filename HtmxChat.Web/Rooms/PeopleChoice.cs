namespace HtmxChat.Web.Rooms;

/// <summary>The part of a form in which people are chosen, and found where they are many. Those who are chosen stay so while one searches on.</summary>
/// <param name="Field">The name of the boxes.</param>
/// <param name="FindField">The name of the field to search with.</param>
/// <param name="Title">What they are chosen for.</param>
public sealed record PeopleChoice(FoundPeople Found, string Field, string FindField, string Title);
