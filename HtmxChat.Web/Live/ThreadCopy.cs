using System.Text;
using System.Text.RegularExpressions;

namespace HtmxChat.Web.Live;

/// <summary>
/// A message that the room shows, as its thread shows it as well: the same element, but all ids in it end with <c>t</c>, because
/// both may stand on one page. <c>m-57</c> is <c>m-57t</c> there.
/// </summary>
public static class ThreadCopy
{
    /// <summary>The id that an element has in a thread, where the room has it too.</summary>
    public static string IdOf(string id) => $"{id}t";

    public static LogEvent Of(LogEvent e) => e with { ElementId = IdOf(e.ElementId), Html = Of(e.Html.Span) };

    /// <param name="html">Of one message.</param>
    public static byte[] Of(ReadOnlySpan<byte> html) =>
        Encoding.UTF8.GetBytes(Attributes.Replace(Encoding.UTF8.GetString(html), attribute => string.Join(' ', attribute.Value.Split(' ').Select(name => Id.IsMatch(name) ? name.Insert(name.TrimEnd('"').Length, "t") : name))));

    // Text has no bare quotation mark in a tag, so these are attributes; in words that look like one, a letter more does no harm.
    // Neither may go back in what it has read: people write messages for which that would take minutes.
    static readonly Regex Attributes = new("""\s(?:id|for|aria-(?:labelledby|describedby|controls)|popovertarget|hx-target)="[^"<>]*["]""", RegexOptions.NonBacktracking);

    static readonly Regex Id = new("[a-z]-[0-9]+(?:-[0-9a-z]+)*\"?$", RegexOptions.NonBacktracking);
}
