using System.Text.RegularExpressions;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Mentions;

/// <summary>Whom a text calls by their handle: <c>@ada.byron</c>; or everybody in the room: <c>@room</c>. What stands in backticks calls nobody.</summary>
public static partial class MentionedHandles
{
    static readonly string Room = Key(Handle.OfRoom);

    /// <summary>The handles, as the database compares them. A dot or dash at the end may be the handle's or the sentence's, so there are both.</summary>
    public static IReadOnlyList<string> In(string text) => [.. Said(text).SelectMany(Readings).Select(Key).Where(h => h != Room).Distinct().Take(ReadPlaceSql.MaxMentioned)];

    /// <summary>Whether it calls everybody in the room.</summary>
    public static bool IsRoom(string text) => Said(text).SelectMany(Readings).Any(h => Key(h) == Room);

    /// <summary>Which of some people it calls.</summary>
    /// <param name="people">By their handles, as the database compares them.</param>
    public static Mentioned Of(string text, IReadOnlyDictionary<string, PersonId> people)
    {
        var called = new Dictionary<string, PersonId>();
        foreach (var said in Said(text))
        {
            if (Readings(said).FirstOrDefault(h => people.ContainsKey(Key(h))) is { } handle) called[handle] = people[Key(handle)];
        }
        return new Mentioned(called) { IsRoom = IsRoom(text) };
    }

    static IEnumerable<string> Said(string text) => !text.Contains('@', StringComparison.Ordinal) ? [] :
        Called.Matches(Code.Replace(text, "`")).Select(m => m.Groups[1].Value).Where(h => h.Length <= Handle.MaxLength);

    static IEnumerable<string> Readings(string said) => new[] { said, said.TrimEnd('.', '-', '_') }.Where(h => h.Length > 0);

    static string Key(string handle) => handle.Normalize().ToUpperInvariant();

    // Not inside of an address: ada@example.org calls nobody.
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{Nd}._@-])@([\p{L}\p{M}\p{Nd}._-]+)")]
    static partial Regex Called { get; }

    [GeneratedRegex("```.*?```|`[^`\n]+`", RegexOptions.Singleline)]
    static partial Regex Code { get; }
}
