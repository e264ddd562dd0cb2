using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace HtmxChat.Tests;

/// <summary>What the messages of a page or fragment say.</summary>
static partial class MessageText
{
    /// <summary>The texts in their order. Where one was edited, the time of that is left out.</summary>
    public static IEnumerable<string> Of(IParentNode page) => page.QuerySelectorAll("article .text").Select(m => EditedAt.Replace(m.TextContent, "(edited)"));

    [GeneratedRegex(@"\(edited \d\d:\d\d\)")]
    static partial Regex EditedAt { get; }
}
