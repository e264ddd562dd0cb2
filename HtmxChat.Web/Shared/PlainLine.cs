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
        text.EnumerateRunes().Any(r => !Rune.IsWhiteSpace(r) && !IsUnseen(r) && Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Format or UnicodeCategory.Control));

    /// <summary>Whether it takes up no place of its own though it counts as a letter or a mark (Default_Ignorable_Code_Point, UAX 44, but for format characters).</summary>
    public static bool IsUnseen(Rune rune) => rune.Value is
        0x034F or (>= 0x115F and <= 0x1160) or (>= 0x17B4 and <= 0x17B5) or (>= 0x180B and <= 0x180F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>The beginning of a line, which ends before a character and not within one: half a surrogate pair cannot be stored.</summary>
    /// <param name="maxLength">In UTF-16 units.</param>
    public static string Cut(string line, int maxLength) =>
        line.Length <= maxLength ? line : line[..(char.IsHighSurrogate(line[maxLength - 1]) ? maxLength - 1 : maxLength)];

    /// <summary>The form in which two lines that differ in case alone are the same.</summary>
    public static string Key(string line) => line.ToUpperInvariant();

    // Emoji of several people or with a skin colour are joined by it.
    const int ZeroWidthJoiner = 0x200D;
}
