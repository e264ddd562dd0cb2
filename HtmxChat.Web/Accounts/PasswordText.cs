using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// The form in which a password is hashed: the same whether a keyboard sends "é" as one character or as two, or a digit in
/// its wide form (NIST SP 800-63B, section 5.1.1.2).
/// </summary>
/// <remarks>
/// Normalisation form KD, but for the order of marks on one letter. <see cref="string.Normalize()"/> does nothing where a
/// program runs without ICU, as this one does.
/// </remarks>
static class PasswordText
{
    const int FirstSyllable = 0xAC00;
    const int LastSyllable = 0xD7A3;
    const int Vowels = 21;
    const int Tails = 28;

    static readonly Lazy<FrozenDictionary<int, string>> Decompositions = new(() => Read().ToFrozenDictionary(d => d.Rune.Value, d => d.Parts));

    /// <summary>Each character that has several, and what it is made of.</summary>
    internal static IEnumerable<(Rune Rune, string Parts)> AllParts => Decompositions.Value.Select(d => (new Rune(d.Key), d.Value));

    public static string Of(string typed) => Ascii.IsValid(typed) ? typed : Ordered(Decomposed(typed));

    /// <summary>Its letters and marks, each in its plain form.</summary>
    internal static List<Rune> Decomposed(string typed)
    {
        var runes = new List<Rune>(typed.Length * 2);
        foreach (var rune in typed.EnumerateRunes())
        {
            if (rune.Value is >= FirstSyllable and <= LastSyllable) AddSyllable(runes, rune.Value - FirstSyllable);
            else if (Decompositions.Value.TryGetValue(rune.Value, out var parts)) runes.AddRange(parts.EnumerateRunes());
            else runes.Add(rune);
        }
        return runes;
    }

    // The Unicode Standard, section 3.12.
    static void AddSyllable(List<Rune> runes, int index)
    {
        runes.Add(new Rune(0x1100 + index / (Vowels * Tails)));
        runes.Add(new Rune(0x1161 + index % (Vowels * Tails) / Tails));
        if (index % Tails > 0) runes.Add(new Rune(0x11A7 + index % Tails));
    }

    // Unicode allows fewer orders than this takes for the same, which costs a password nothing.
    static string Ordered(List<Rune> runes)
    {
        var text = new StringBuilder();
        for (var at = 0; at < runes.Count;)
        {
            var marks = runes.Skip(at).TakeWhile(IsMark).ToList();
            foreach (var mark in marks.Order()) text.Append(mark);
            at += marks.Count;
            if (marks.Count == 0) text.Append(runes[at++]);
        }
        return text.ToString();
    }

    /// <summary>Whether it stands on another character.</summary>
    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    static IEnumerable<(Rune Rune, string Parts)> Read()
    {
        using var list = new StreamReader(typeof(PasswordText).Assembly.GetManifestResourceStream("decompositions.txt")!, Encoding.UTF8);
        while (list.ReadLine() is { } line)
        {
            var rune = Rune.GetRuneAt(line, 0);
            yield return (rune, line[rune.Utf16SequenceLength..]);
        }
    }
}
