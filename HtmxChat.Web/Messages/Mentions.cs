using System.Text.RegularExpressions;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Messages;

/// <summary>Whom a text calls by their handle: <c>@ada.byron</c>.</summary>
public static partial class Mentions
{
    /// <summary>The handles, as the database compares them. A dot or dash at the end may be the handle's or the sentence's, so there are both.</summary>
    public static IReadOnlyList<string> In(string text) => !text.Contains('@', StringComparison.Ordinal) ? [] :
    [
        .. Called.Matches(text).Select(m => m.Groups[1].Value).Where(h => h.Length <= Handle.MaxLength)
            .SelectMany(h => new[] { h, h.TrimEnd('.', '-', '_') }).Where(h => h.Length > 0)
            .Select(h => h.Normalize().ToUpperInvariant()).Distinct().Take(ReadPlaceSql.MaxMentioned),
    ];

    // Not inside of an address: ada@example.org calls nobody.
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{Nd}._@-])@([\p{L}\p{M}\p{Nd}._-]+)")]
    static partial Regex Called { get; }
}
