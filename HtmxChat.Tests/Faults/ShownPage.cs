using System.Globalization;
using System.Text.RegularExpressions;

namespace HtmxChat.Tests.Faults;

/// <summary>A room's page as a browser has it, after whatever it was sent; and what was wrong with what it was sent.</summary>
sealed partial class ShownPage
{
    readonly List<string> messages = [];
    readonly Dictionary<long, int> places = [];
    readonly List<string> problems = [];

    ShownPage(string heading, string position) => (Heading, Position) = (heading, position);

    public string Heading { get; private set; }

    public string Position { get; private set; }

    /// <summary>The messages' elements, in the order of the page.</summary>
    public IReadOnlyList<string> Messages => messages;

    public IReadOnlyList<string> Problems => problems;

    public static ShownPage Load(string html)
    {
        var page = new ShownPage(HeadingElement.Match(html).Value, PositionElement.Match(html).Groups["value"].Value);
        page.Append(html);
        return page;
    }

    /// <summary>The number of the message that an element shows.</summary>
    public static long Number(string article) => Int(Article.Match(article).Groups["id"].Value);

    /// <summary>The number within a position.</summary>
    public static long Seq(string position) => Int(position[(position.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    /// <summary>Does what htmx does with a frame.</summary>
    public void Apply(string frame)
    {
        foreach (Match part in Part.Matches(frame))
        {
            var (target, html) = (part.Groups["target"].Value, part.Groups["html"].Value);
            if (target == "position") MoveTo(PositionElement.Match(html).Groups["value"].Value);
            else if (target == "heading") Heading = HeadingElement.Match(html).Value;
            else if (target.StartsWith("m-", StringComparison.Ordinal)) Replace(Int(target["m-".Length..]), html);
            else if (target != "messages") continue; // what stands beside them
            else if (part.Groups["swap"].Value == "innerHTML") ReplaceAll(html);
            else foreach (Match article in Article.Matches(html)) Upsert(article.Value);
        }
    }

    void MoveTo(string next)
    {
        if (Seq(next) <= Seq(Position) && next.Split('.')[0] == Position.Split('.')[0]) problems.Add($"The position went from {Position} to {next}.");
        Position = next;
    }

    void Upsert(string article)
    {
        var number = Number(article);
        if (places.ContainsKey(number)) Replace(number, article);
        else
        {
            if (messages.Count > 0 && Number(messages[^1]) > number) problems.Add($"Message {number} came after {Number(messages[^1])}.");
            Append(article);
        }
    }

    void Replace(long number, string article)
    {
        if (places.TryGetValue(number, out var place)) messages[place] = article;
    }

    void ReplaceAll(string html)
    {
        messages.Clear();
        places.Clear();
        Append(html);
    }

    void Append(string html)
    {
        foreach (Match article in Article.Matches(html))
        {
            places[Number(article.Value)] = messages.Count;
            messages.Add(article.Value);
        }
    }

    static long Int(string number) => long.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<(?<tag>hx-upsert|hx-partial) hx-target="#(?<target>[a-z0-9-]+)"(?: hx-swap="(?<swap>\w+)")?>(?<html>.*?)</\k<tag>>""")]
    static partial Regex Part { get; }

    [GeneratedRegex("""<article id="m-(?<id>\d+)".*?</article>""")]
    static partial Regex Article { get; }

    [GeneratedRegex("""id="position" value="(?<value>[^"]+)""")]
    static partial Regex PositionElement { get; }

    [GeneratedRegex("""<h1 id="room-name".*?</h1>""")]
    static partial Regex HeadingElement { get; }
}
