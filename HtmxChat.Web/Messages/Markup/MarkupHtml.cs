using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using HtmxChat.Web.Messages.Mentions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>Markdown as HTML: of a few elements, without ids, and with links to the web and to mail addresses only.</summary>
/// <remarks>
/// Written here and not by Markdig's own renderer: it decides about each element, and stops where there is too much. What comes of it goes
/// through <see cref="SafeHtml"/> all the same.
/// </remarks>
sealed class MarkupHtml
{
    /// <summary>Two of it stand around what is shown only to whoever wants to see it.</summary>
    public const char Spoiler = '|';

    /// <summary>In letters of HTML. A text has at most 10,000.</summary>
    public const int MostHtml = 120_000;

    /// <summary>Of all elements, at their beginning and their end: a browser, and what looks through them here, take their time for each.</summary>
    public const int MostTags = 3_000;

    // A look through each costs as much as through ten other elements.
    const int MostLinks = 200;

    /// <summary>Elements in elements: the browser's limit is 512, and each costs a reader's place on the page.</summary>
    public const int MostNested = 40;

    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    readonly string text;
    readonly StringBuilder html = new();
    readonly CodeColours colours;
    int nested;
    int links;
    bool isInLink;

    MarkupHtml(string text) => (this.text, colours) = (text, new(html, Encoder));

    bool IsTooMuch => html.Length > MostHtml || nested > MostNested || links > MostLinks;

    /// <returns>Without any CR or LF; null where it would be too much: then the text is shown as it was typed.</returns>
    public static string? Of(string text, Mentioned mentioned)
    {
        if (MarkupParser.Parse(text, mentioned) is not { } document) return null;

        var made = new MarkupHtml(text);
        made.Blocks(document);
        if (made.IsTooMuch) return null;

        var html = made.html.ToString();
        return html.AsSpan().Count('<') > MostTags ? null : SafeHtml.Of(html).Replace("\n", "&#10;", StringComparison.Ordinal);
    }

    /// <summary>The address of a link; null where it is no address of the web or of mail.</summary>
    public static string? AddressOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto" ? address.AbsoluteUri : null;

    void Blocks(ContainerBlock blocks)
    {
        nested++;
        foreach (var block in blocks)
        {
            if (IsTooMuch) return;
            Block(block, isTight: blocks.Count == 1 || blocks is ListItemBlock { Parent: ListBlock { IsLoose: false } });
        }
        nested--;
    }

    void Block(Block block, bool isTight)
    {
        switch (block)
        {
            case ParagraphBlock paragraph when isTight: Inlines(paragraph.Inline); break;
            case ParagraphBlock paragraph: Paragraph(paragraph, "", ""); break;
            case HeadingBlock heading: Paragraph(heading, "<b>", "</b>"); break;
            case CodeBlock code: Code(code); break;
            case QuoteBlock quote: Around("<blockquote>", quote, "</blockquote>"); break;
            case ListBlock { IsOrdered: true } list: Around(StartOf(list), list, "</ol>"); break;
            case ListBlock list: Around("<ul>", list, "</ul>"); break;
            case ListItemBlock item: Around("<li>", item, "</li>"); break;
            case ThematicBreakBlock: html.Append("<hr>"); break;
            case Table table: Table(table); break;
        }
    }

    // It can be scrolled by keys, too. Its lines end with LF, which is written as a number at the end.
    void Code(CodeBlock code)
    {
        var language = CodeLanguages.Find((code as FencedCodeBlock)?.Info);
        html.Append("<pre class=\"source\" role=\"group\" tabindex=\"0\" aria-label=\"").Append(Encoder.Encode(language is null ? "Code" : $"Code: {language.Name}")).Append("\"><code>");
        colours.Write(code.Lines.ToString(), language);
        html.Append("</code></pre>");
    }

    void Around(string before, ContainerBlock blocks, string after)
    {
        html.Append(before);
        Blocks(blocks);
        html.Append(after);
    }

    // A paragraph cannot hold what opens and closes: a browser would end it there.
    void Paragraph(LeafBlock block, string before, string after)
    {
        var holdsSpoiler = block.Inline?.Descendants<EmphasisInline>().Any(e => e.DelimiterChar == Spoiler) is true;
        html.Append(holdsSpoiler ? "<div class=\"p\">" : "<p>").Append(before);
        Inlines(block.Inline);
        html.Append(after).Append(holdsSpoiler ? "</div>" : "</p>");
    }

    static string StartOf(ListBlock list) =>
        int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out var start) && start != 1 ? string.Create(CultureInfo.InvariantCulture, $"<ol start=\"{start}\">") : "<ol>";

    void Table(Table table)
    {
        html.Append("<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>");
        foreach (var row in table.OfType<TableRow>())
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count && !IsTooMuch; i++) Cell((TableCell)row[i], row.IsHeader ? "th" : "td", table.ColumnDefinitions.ElementAtOrDefault(i)?.Alignment);
            html.Append("</tr>");
        }
        html.Append("</table></div>");
    }

    void Cell(TableCell cell, string name, TableColumnAlign? alignment)
    {
        html.Append('<').Append(name).Append(alignment switch { TableColumnAlign.Right => " class=\"right\"", TableColumnAlign.Center => " class=\"center\"", _ => "" }).Append('>');
        Blocks(cell);
        html.Append("</").Append(name).Append('>');
    }

    void Inlines(ContainerInline? inlines)
    {
        nested++;
        for (var inline = inlines?.FirstChild; inline is not null && !IsTooMuch; inline = inline.NextSibling) Inline(inline);
        if (!IsTooMuch) nested--;
    }

    void Inline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal: Write(literal.Content.AsSpan()); break;
            case LineBreakInline: html.Append("<br>"); break;
            case CodeInline code: Element("<code>", code.Content, "</code>"); break;
            case HtmlEntityInline entity: Write(entity.Transcoded.AsSpan()); break;
            case MentionInline mention: Mention(mention); break;
            case AutolinkInline auto: Link(auto.IsEmail ? $"mailto:{auto.Url}" : auto.Url, auto, () => Write(auto.Url)); break;
            case LinkInline link: Link(link.GetDynamicUrl?.Invoke() ?? link.Url, link, () => Label(link)); break;
            case EmphasisInline { DelimiterChar: Spoiler } hidden when isInLink: Inlines(hidden); break;
            case EmphasisInline emphasis: Emphasis(emphasis); break;
            case DelimiterInline left: Write(left.ToLiteral()); Inlines(left); break;
            case ContainerInline others: Inlines(others); break;
        }
    }

    void Emphasis(EmphasisInline emphasis)
    {
        var (before, after) = (emphasis.DelimiterChar, emphasis.DelimiterCount) switch
        {
            (Spoiler, _) => ("<details><summary>Spoiler</summary> ", "</details>"),
            ('~', _) => ("<del>", "</del>"),
            (_, 2) => ("<strong>", "</strong>"),
            _ => ("<em>", "</em>"),
        };
        html.Append(before);
        Inlines(emphasis);
        html.Append(after);
    }

    void Mention(MentionInline mention)
    {
        links++;
        if (isInLink) Write(mention.Text);
        else if (mention.Person is { } person) Element(string.Create(CultureInfo.InvariantCulture, $"<a class=\"mention\" href=\"/people/{person.Value}\">"), mention.Text, "</a>");
        else Element("<span class=\"mention\">", mention.Text, "</span>");
    }

    // What is no link is shown as it was typed, so that nobody takes it for one, and nothing is hidden.
    void Link(string? url, Inline link, Action label)
    {
        if (isInLink)
        {
            label();
            return;
        }
        if (AddressOf(url) is not { } address)
        {
            Write(text.AsSpan(link.Span.Start, link.Span.Length));
            return;
        }

        links++;
        html.Append("<a href=\"").Append(Encoder.Encode(address)).Append("\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">");
        isInLink = true;
        label();
        isInLink = false;
        html.Append("</a>");
    }

    // Pictures are not fetched from anywhere: a link leads there.
    void Label(LinkInline link)
    {
        if (link.FirstChild is null) Write(link.Url ?? "");
        else Inlines(link);
    }

    void Element(string before, string content, string after)
    {
        html.Append(before);
        Write(content);
        html.Append(after);
    }

    void Write(ReadOnlySpan<char> words) => html.Append(Encoder.Encode(words.ToString().Replace("\r", "", StringComparison.Ordinal)).Replace("&#xA;", "<br>", StringComparison.Ordinal));
}
