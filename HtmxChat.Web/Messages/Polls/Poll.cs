using System.Globalization;
using System.Text.Json;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Polls;

/// <summary>One answer of a poll, and who has chosen it.</summary>
/// <param name="People">Their ids, in the order in which they did.</param>
public sealed record PollOption(string Text, IReadOnlyList<long> People)
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxLength = 100;
}

/// <summary>What people are asked by a message, whose text is the question.</summary>
/// <param name="AllowsSeveral">Whether somebody may choose more than one.</param>
/// <param name="IsClosed">Whether nobody may choose any more.</param>
public sealed record Poll(IReadOnlyList<PollOption> Options, bool AllowsSeveral, bool IsClosed)
{
    public const int FewestOptions = 2;
    public const int MostOptions = 10;

    /// <summary>So many votes are counted, because its element names who has chosen what, for each page to mark its own.</summary>
    public const int MaxVotes = 20_000;

    /// <summary>Whether nobody more can vote.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFull => Votes >= MaxVotes;

    /// <summary>How many people have chosen something.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Voters => Options.SelectMany(o => o.People).Distinct().Count();

    /// <summary>Reads what is stored; null where a message asks nothing.</summary>
    public static Poll? Parse(string? stored) => stored is null ? null : JsonSerializer.Deserialize(stored, StoredJson.Default.Poll);

    /// <summary>Reads what somebody offers to choose from. Lines that were left empty do not count.</summary>
    /// <returns>Null when it is refused.</returns>
    public static Poll? Offer(IEnumerable<string?> choices, bool allowsSeveral, out Refusal? refusal)
    {
        List<string> options = [.. choices.Select(PlainLine.Clean).Where(PlainLine.SaysSomething)];
        refusal =
            options.Count < FewestOptions ? new("Give at least two answers to choose from.") :
            options.Count > MostOptions ? new(string.Create(CultureInfo.InvariantCulture, $"A poll can have {MostOptions} answers, and these are {options.Count}.")) :
            options.Exists(o => o.Length > PollOption.MaxLength) ? new(string.Create(CultureInfo.InvariantCulture, $"An answer can have {PollOption.MaxLength} characters. Please shorten it.")) :
            options.Distinct(StringComparer.OrdinalIgnoreCase).Count() < options.Count ? new("Two of the answers are the same.") : null;
        return refusal is null ? new Poll([.. options.Select(o => new PollOption(o, []))], allowsSeveral, IsClosed: false) : null;
    }

    /// <summary>As it is stored.</summary>
    public string Stored() => JsonSerializer.Serialize(this, StoredJson.Default.Poll);

    /// <summary>Whether both ask the same, whatever was answered.</summary>
    public bool Asks(Poll? other) => other is not null && other.AllowsSeveral == AllowsSeveral && other.Options.Select(o => o.Text).SequenceEqual(Options.Select(o => o.Text));

    /// <summary>Whether somebody has chosen something.</summary>
    public bool HasVote(PersonId person) => Options.Any(o => o.People.Contains(person.Value));

    public bool Has(PersonId person, int option) => option >= 0 && option < Options.Count && Options[option].People.Contains(person.Value);

    /// <summary>With somebody's choice of some of the answers, and of no others; of several the first where one can be chosen.</summary>
    public Poll Choose(PersonId person, IEnumerable<int> options)
    {
        var chosen = options.Where(o => o >= 0 && o < Options.Count).Distinct().Take(AllowsSeveral ? MostOptions : 1).ToHashSet();
        var next = this with { Options = [.. Options.Select((option, i) => Choose(option, person.Value, chosen.Contains(i)))] };
        return next.Options.SequenceEqual(Options) || (next.Votes > Votes && IsFull) ? this : next;
    }

    /// <summary>With somebody's press of one answer: of one among several, or in the place of what they chose before.</summary>
    public Poll Press(PersonId person, int option, Wish wish)
    {
        var now = Enumerable.Range(0, Options.Count).Where(o => Has(person, o)).ToList();
        var joins = wish == Wish.Join || (wish == Wish.Change && !Has(person, option));
        return Choose(person, !joins ? now.Where(o => o != option) : AllowsSeveral ? now.Append(option) : [option]);
    }

    int Votes => Options.Sum(o => o.People.Count);

    static PollOption Choose(PollOption option, long person, bool isChosen) =>
        option.People.Contains(person) == isChosen ? option :
        option with { People = isChosen ? [.. option.People, person] : [.. option.People.Where(p => p != person)] };
}
