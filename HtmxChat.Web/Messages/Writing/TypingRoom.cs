using System.Text;
using System.Text.Encodings.Web;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>Who is typing in one room, and what its pages have been told of that. Safe for any number of threads but for <see cref="Tell"/>.</summary>
sealed class TypingRoom
{
    /// <summary>More are not named.</summary>
    const int MostNamed = 2;

    readonly Lock gate = new();
    readonly Dictionary<PersonId, (string Name, long Since, long At)> people = [];
    readonly Dictionary<LiveConnection, string> told = [];

    /// <summary>Whether nobody types, and nobody has to be told that.</summary>
    public bool IsOver { get; private set; }

    /// <returns>False when it was said a moment ago.</returns>
    public bool Note(PersonId person, string name, TimeProvider time)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            var isKnown = people.TryGetValue(person, out var before);
            if (isKnown && time.GetElapsedTime(before.At, now) < Typing.Least) return false;

            people[person] = (name, isKnown ? before.Since : now, now);
            IsOver = false;
            return true;
        }
    }

    public bool Remove(PersonId person)
    {
        lock (gate) return people.Remove(person);
    }

    /// <summary>Tells each page what it does not show yet.</summary>
    /// <param name="pages">Those of the room.</param>
    public void Tell(IReadOnlyCollection<LiveConnection> pages, TimeProvider time)
    {
        var typing = Now(time);
        foreach (var gone in told.Keys.Except(pages).ToList()) told.Remove(gone);

        // One element for all but those who type.
        var all = Element(typing);
        var typists = typing.ToDictionary(t => t.Person, t => Element([.. typing.Where(o => o.Person != t.Person)]));
        foreach (var page in pages)
        {
            var (words, element) = typists.GetValueOrDefault(page.Holder.Person, all);
            if (told.GetValueOrDefault(page, "") == words) continue;

            page.Aside.Say(element);
            told[page] = words;
        }
        lock (gate) IsOver = people.Count == 0 && told.Values.All(words => words.Length == 0);
    }

    // In the order in which they have begun.
    List<(PersonId Person, string Name)> Now(TimeProvider time)
    {
        lock (gate)
        {
            foreach (var (person, (_, _, at)) in people)
            {
                if (time.GetElapsedTime(at) >= Typing.Lasts) people.Remove(person);
            }
            return [.. people.OrderBy(p => p.Value.Since).Select(p => (p.Key, p.Value.Name))];
        }
    }

    // Hidden from screen readers: nobody wants to be told that others are about to say something.
    static (string Words, OutsideElement Element) Element(List<(PersonId Person, string Name)> typing)
    {
        var words = typing.Count switch
        {
            0 => "",
            1 => $"{Name(typing[0].Name)} is typing…",
            MostNamed => $"{Name(typing[0].Name)} and {Name(typing[1].Name)} are typing…",
            _ => "Several people are typing…",
        };
        var html = $"<p id=\"typing\" aria-hidden=\"true\" data-of=\"{string.Join(' ', typing.Select(t => t.Person))}\">{words}</p>";
        return (words, new OutsideElement("typing", Encoding.UTF8.GetBytes(html)));
    }

    static string Name(string name) => $"<b dir=\"auto\">{HtmlEncoder.Default.Encode(name)}</b>";
}
