using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>How fast one person may post, over all their pages and carriers together.</summary>
public sealed class PostRate(Limits limits, TimeProvider time)
{
    readonly Paces<PersonId> paces = new(limits.Posts, time);

    /// <returns>Null when the person may post now, else how long to wait.</returns>
    public TimeSpan? Refuse(PersonId person) => paces.Refuse(person);
}
