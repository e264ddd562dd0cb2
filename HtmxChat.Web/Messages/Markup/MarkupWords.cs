using System.Text;
using HtmxChat.Web.Messages.Mentions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>Markdown as a plain text, without its signs: for where there is no place for a message as it looks.</summary>
static class MarkupWords
{
    const string Action = "/me ";

    /// <remarks>What is hidden in it stays so.</remarks>
    public static string Of(string text)
    {
        if (text.StartsWith(Action, StringComparison.Ordinal)) text = text[Action.Length..];
        if (FormattedText.IsPlain(text, Mentioned.Nobody) || MarkupParser.Parse(text, Mentioned.Nobody) is not { } document) return text;

        var words = new StringBuilder();
        foreach (var block in document.Descendants().OfType<LeafBlock>())
        {
            if (words.Length > 0) words.Append('\n');
            if (block is CodeBlock code) words.Append(code.Lines.ToString());
            else if (block.Inline is { } inlines) Write(words, inlines, depth: 0);
        }
        return words.ToString();
    }

    static void Write(StringBuilder words, ContainerInline inlines, int depth)
    {
        if (depth > MarkupHtml.MostNested) return;

        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal: words.Append(literal.Content.AsSpan()); break;
                case LineBreakInline: words.Append('\n'); break;
                case CodeInline code: words.Append(code.Content); break;
                case HtmlEntityInline entity: words.Append(entity.Transcoded.AsSpan()); break;
                case AutolinkInline auto: words.Append(auto.Url); break;
                case EmphasisInline { DelimiterChar: MarkupHtml.Spoiler }: words.Append("[spoiler]"); break;
                case DelimiterInline left: words.Append(left.ToLiteral()); Write(words, left, depth + 1); break;
                case ContainerInline others: Write(words, others, depth + 1); break;
            }
        }
    }
}
