using System.Buffers;
using System.Text.Encodings.Web;
using HtmxChat.Web.Messages.Mentions;
using Microsoft.AspNetCore.Html;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>What somebody wrote, as it is shown: Markdown as HTML. The same for every viewer, and without any CR or LF.</summary>
/// <remarks>Most of what is said has no Markdown in it and is only encoded: it is found out by a look at its characters, which costs a thousandth of rendering.</remarks>
public sealed class FormattedText : IHtmlContent
{
    const string Action = "/me ";

    // What may begin something within a line. All else begins a line.
    static readonly SearchValues<char> Special = SearchValues.Create("*_`[]<>|~\\&");
    static readonly SearchValues<string> Addresses = SearchValues.Create(["://", "mailto:", "www."], StringComparison.OrdinalIgnoreCase);

    readonly string text;
    readonly string author;
    readonly Mentioned mentioned;
    readonly bool isAction;

    FormattedText(string text, string author, Mentioned mentioned)
    {
        isAction = text.StartsWith(Action, StringComparison.Ordinal);
        (this.text, this.author, this.mentioned) = (isAction ? text[Action.Length..] : text, author, mentioned);
        Class = isAction ? "text me" : BareEmoji.AreAllOf(text) ? "text big" : "text";
    }

    /// <summary>The class of the element that it stands in.</summary>
    public string Class { get; }

    /// <summary>The text of a message.</summary>
    public static FormattedText Of(Message message) => Of(message.Text, message.Author.Name, message.Mentioned);

    /// <param name="author">The name of whoever says it, who does what stands after <c>/me</c>.</param>
    /// <param name="mentioned">Whom it calls.</param>
    public static FormattedText Of(string text, string author, Mentioned mentioned) => new(text, author, mentioned);

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (isAction)
        {
            writer.Write("* <b dir=\"auto\">");
            encoder.Encode(writer, author);
            writer.Write("</b> ");
        }
        if (!IsPlain(text, mentioned) && MarkupHtml.Of(text, mentioned) is { } html) writer.Write(html);
        else WriteLines(writer, encoder, text);
    }

    /// <summary>Whether there is no Markdown in it for sure.</summary>
    internal static bool IsPlain(string text, Mentioned mentioned)
    {
        if (text.AsSpan().ContainsAny(Special) || text.AsSpan().ContainsAny(Addresses)) return false;
        if (text.Contains('@', StringComparison.Ordinal) && !mentioned.IsNobody) return false;

        var isFirst = true;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var words = line.TrimStart();
            if (words.IsEmpty || words[0] is '#' or '-' or '+' or '=' || IsNumbered(words)) return false;
            if (isFirst && words.Length < line.Length) return false;
            isFirst = false;
        }
        return true;
    }

    static bool IsNumbered(ReadOnlySpan<char> line)
    {
        var digits = line.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && line[digits] is '.' or ')';
    }

    static void WriteLines(TextWriter writer, HtmlEncoder encoder, string text)
    {
        for (var (start, end) = (0, 0); start <= text.Length; start = end + 1)
        {
            end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            if (start > 0) writer.Write("<br>");
            encoder.Encode(writer, text, start, end - start);
        }
    }
}
