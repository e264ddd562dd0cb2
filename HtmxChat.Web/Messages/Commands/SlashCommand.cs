using System.Text.RegularExpressions;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Commands;

/// <summary>What a text asks for that begins with a slash and a word. A path such as <c>/usr/bin</c> is no such word, and two slashes say one.</summary>
public abstract partial record SlashCommand
{
    // Of the shrug each has a backslash before it that Markdown would read.
    const string Shrugging = @"¯\\\_(ツ)\_/¯";

    /// <summary>All of them, with what they take and what they do.</summary>
    public static IReadOnlyList<(string Name, string Takes, string Does)> All { get; } =
    [
        ("me", "text", "says what you do"),
        ("topic", "text", "sets the room's topic; without a text there is none"),
        ("invite", "@name …", "lets people into a closed room"),
        ("away", "", "shows you as offline to the others, or shows you again"),
        ("shrug", "text", "ends the text with a shrug"),
        ("help", "", "tells what there is"),
    ];

    /// <summary>Nothing but to be said.</summary>
    public sealed record Say(string? Text) : SlashCommand;

    public sealed record SetTopic(string Text) : SlashCommand;

    /// <param name="Handles">As they were typed, without the sign before them.</param>
    public sealed record Invite(IReadOnlyList<string> Handles) : SlashCommand;

    public sealed record Away : SlashCommand;

    public sealed record Help : SlashCommand;

    /// <summary>Nothing that can be done as it stands.</summary>
    public sealed record Unclear(Refusal Why) : SlashCommand;

    /// <summary>Reads what somebody typed.</summary>
    public static SlashCommand Parse(string? text)
    {
        if (Words.Match(text?.Trim() ?? "") is not { Success: true } words) return new Say(text);
        if (words.Groups["escape"].Length > 0) return new Say(Escaped(text!.Trim()[1..]));

        var (name, rest) = (words.Groups["name"].Value.ToLowerInvariant(), words.Groups["rest"].Value.Trim());
        return name switch
        {
            "me" => rest.Length > 0 ? new Say($"/me {rest}") : new Unclear(new("Write what you do after /me.")),
            "topic" => new SetTopic(rest),
            "invite" => HandlesIn(rest) is { Count: > 0 } handles ? new Invite(handles) : new Unclear(new("Write whom you invite after /invite: @ and their handle.")),
            "away" => new Away(),
            "shrug" => new Say(rest.Length > 0 ? $"{rest} {Shrugging}" : Shrugging),
            "help" => new Help(),
            _ => new Unclear(new($"There is no /{name}. {Hint(name)} Write //{name} to send it as text.")),
        };
    }

    static List<string> HandlesIn(string text) => [.. text.Split((char[])[' ', '\n', '\t', ','], StringSplitOptions.RemoveEmptyEntries).Select(h => h.TrimStart('@')).Where(h => h.Length > 0)];

    // What begins like that is shown as what somebody does, unless Markdown is told that the slash is one.
    static string Escaped(string text) => text.StartsWith("/me ", StringComparison.OrdinalIgnoreCase) ? $@"\{text}" : text;

    static string Hint(string name)
    {
        var nearest = All.Select(c => c.Name).MinBy(known => Distance(known, name))!;
        return Distance(nearest, name) <= 2 ? $"Did you mean /{nearest}?" : "/help tells what there is.";
    }

    // How many letters are to be changed, added or left out (Levenshtein).
    static int Distance(string one, string other)
    {
        var costs = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var corner = costs[0];
            costs[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = corner + (one[i - 1] == other[j - 1] ? 0 : 1);
                corner = costs[j];
                costs[j] = Math.Min(replaced, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }
        return costs[^1];
    }

    [GeneratedRegex(@"^/(?<escape>/?)(?<name>\p{L}{1,20})(?:\s+(?<rest>.*))?$", RegexOptions.Singleline)]
    static partial Regex Words { get; }
}
