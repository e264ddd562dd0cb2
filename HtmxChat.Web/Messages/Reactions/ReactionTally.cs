using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Reactions;

/// <summary>One emoji below a message, and who has pressed it.</summary>
/// <param name="People">In the order in which they did; never empty.</param>
public sealed record Reaction(string Emoji, IReadOnlyList<PersonId> People)
{
    /// <summary>What the first of them are called, and how many more there are; empty where it is not asked for.</summary>
    public string Names { get; init; } = "";

    /// <summary>Their numbers, as in <c>data-by</c>.</summary>
    public string By => string.Join(' ', People);
}

/// <summary>How people have reacted to a message. Stored with it, a line for each emoji: the emoji and the ids of the people.</summary>
/// <param name="All">In the order in which they came.</param>
public sealed record ReactionTally(IReadOnlyList<Reaction> All)
{
    /// <summary>So many different emoji a message can have.</summary>
    public const int MaxEmoji = 20;

    /// <summary>
    /// So often a message can be pressed in all. Its element names who has pressed it, for each page to mark its own, and with so many it has about 150 KB.
    /// </summary>
    public const int MaxPresses = 20_000;

    public static ReactionTally None { get; } = new([]);

    /// <summary>Reads what is stored.</summary>
    public static ReactionTally Parse(string? stored) => stored is null ? None : new([.. stored.Split('\n').Select(ParseLine)]);

    /// <summary>As it is stored; null when nobody has reacted.</summary>
    public string? Stored => All.Count == 0 ? null : string.Join('\n', All.Select(r => $"{r.Emoji} {r.By}"));

    /// <summary>Whether there can be no other emoji.</summary>
    public bool AreFull => All.Count >= MaxEmoji;

    /// <summary>Whether nothing more can be pressed.</summary>
    public bool AreTooMany => All.Sum(r => r.People.Count) >= MaxPresses;

    public bool Has(string emoji) => All.Any(r => r.Emoji == emoji);

    public bool Has(string emoji, PersonId person) => All.Any(r => r.Emoji == emoji && r.People.Contains(person));

    /// <summary>With somebody's press of an emoji; each has one of each.</summary>
    public ReactionTally With(string emoji, PersonId person)
    {
        if (Has(emoji, person)) return this;

        return Has(emoji)
            ? new([.. All.Select(r => r.Emoji == emoji ? r with { People = [.. r.People, person] } : r)])
            : new([.. All, new Reaction(emoji, [person])]);
    }

    /// <summary>Without somebody's press of an emoji; one that nobody presses is not there.</summary>
    public ReactionTally Without(string emoji, PersonId person) => Has(emoji, person)
        ? new([.. All.Select(r => r.Emoji == emoji ? r with { People = [.. r.People.Where(p => p != person)] } : r).Where(r => r.People.Count > 0)])
        : this;

    /// <summary>Without anything that somebody has pressed.</summary>
    public ReactionTally Without(PersonId person) => All.Select(r => r.Emoji).Aggregate(this, (left, emoji) => left.Without(emoji, person));

    static Reaction ParseLine(string line) => line.Split(' ') is [var emoji, .. var people]
        ? new Reaction(emoji, [.. people.Select(p => new PersonId(long.Parse(p, CultureInfo.InvariantCulture)))])
        : throw new InvalidDataException($"'{line}' is no reaction.");
}
