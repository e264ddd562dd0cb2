using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Reactions;

/// <summary>Says who has reacted: the names are those of now, not of when they did.</summary>
public sealed class ReactionNames(PeopleNames people)
{
    // The rest stands on the page of the reactions.
    const int Most = 10;

    /// <summary>A message with the names of those who have reacted to it.</summary>
    public async ValueTask<Message> AddAsync(Message message, CancellationToken ct)
    {
        if (message.Reactions.All.Count == 0) return message;

        var named = new List<Reaction>();
        foreach (var reaction in message.Reactions.All) named.Add(reaction with { Names = await NamesAsync(reaction.People, ct) });
        return message with { Reactions = new ReactionTally(named) };
    }

    /// <summary>Looks up at once who has reacted to some messages.</summary>
    public ValueTask PrepareAsync(IEnumerable<Message> messages, CancellationToken ct) =>
        people.PrepareAsync([.. messages.SelectMany(m => m.Reactions.All).SelectMany(r => r.People.Take(Most))], ct);

    async ValueTask<string> NamesAsync(IReadOnlyList<PersonId> who, CancellationToken ct)
    {
        var names = string.Join(", ", await people.OfAsync([.. who.Take(Most)], ct));
        return who.Count <= Most ? names : string.Create(CultureInfo.InvariantCulture, $"{names} and {who.Count - Most} more");
    }
}
