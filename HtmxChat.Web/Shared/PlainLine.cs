using System.Globalization;
using System.Text;

namespace HtmxChat.Web.Shared;

/// <summary>One line of text as a person means it: names and titles are compared and shown in this form.</summary>
public static class PlainLine
{
    /// <summary>
    /// Joins words by single spaces and drops what cannot be seen: control characters, and format characters such as
    /// those that turn the direction of the text around.
    /// </summary>
    public static string Clean(string? text)
    {
        var line = new StringBuilder();
        var space = false;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = line.Length > 0;
                continue;
            }
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format && rune.Value != ZeroWidthJoiner) continue;

            if (space) line.Append(' ');
            space = false;
            line.Append(rune);
        }
        return line.ToString();
    }

    /// <summary>Reads a line that has to say something.</summary>
    /// <param name="whenEmpty">What to answer when it says nothing.</param>
    /// <param name="maxLength">In UTF-16 units, after cleaning.</param>
    /// <returns>Null when it is refused.</returns>
    public static string? Read(string? text, string whenEmpty, int maxLength, out Refusal? refusal)
    {
        var line = Clean(text);
        refusal =
            !SaysSomething(line) ? new(whenEmpty) :
            line.Length > maxLength ? new($"That has {line.Length} characters; please use at most {maxLength}.") :
            null;
        return refusal is null ? line : null;
    }

    /// <summary>Whether there is anything to see: a joiner that joins nothing is no name.</summary>
    public static bool SaysSomething(string text) =>
        text.EnumerateRunes().Any(r => !Rune.IsWhiteSpace(r) && Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Format or UnicodeCategory.Control));

    /// <summary>The form in which two lines that differ in case alone are the same.</summary>
    public static string Key(string line) => line.ToUpperInvariant();

    // Emoji of several people or with a skin colour are joined by it.
    const int ZeroWidthJoiner = 0x200D;
}
