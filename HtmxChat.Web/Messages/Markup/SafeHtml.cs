using Ganss.Xss;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>The second wall: whatever <see cref="MarkupHtml"/> should ever let through, nothing but this short list reaches a page. htmx acts on attributes, so these count as much as elements.</summary>
static class SafeHtml
{
    static readonly HtmlSanitizer Sanitizer = new(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string> { "a", "b", "blockquote", "br", "code", "del", "details", "div", "em", "hr", "li", "ol", "p", "pre", "span", "strong", "summary", "table", "tbody", "td", "th", "tr", "ul" },
        AllowedAttributes = new HashSet<string> { "aria-label", "class", "href", "rel", "role", "start", "tabindex", "target" },
        AllowedClasses = new HashSet<string>(["center", "mention", "p", "right", "source", "table", .. CodeColours.Classes]),
        AllowedSchemes = new HashSet<string> { "http", "https", "mailto" },
        UriAttributes = new HashSet<string> { "href" },
    });

    /// <remarks>Can be used by many at once.</remarks>
    public static string Of(string html) => Sanitizer.Sanitize(html);
}
