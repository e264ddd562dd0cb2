using System.Globalization;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>The beginning of a text, on one line and without the signs of Markdown, where there is no place for all of it.</summary>
public static class Excerpt
{
    /// <param name="length">In letters as a reader sees them: half of one is none.</param>
    public static string Of(string text, int length)
    {
        var line = PlainLine.Clean(MarkupWords.Of(text));
        if (line.Length <= length) return line;

        var letters = new StringInfo(line);
        return letters.LengthInTextElements <= length ? line : $"{letters.SubstringByTextElements(0, length).TrimEnd()}…";
    }
}
