using System.Collections.Frozen;
using System.Text;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// The form in which handles are compared: a letter that can be written in several ways, as <c>é</c> of one piece or of two
/// or in its wide form, is written in one of them.
/// </summary>
/// <remarks>
/// Normalisation form KC for letters with the marks of Latin, Greek, Cyrillic, Japanese and Arabic and for Korean syllables.
/// Other marks stay as they were typed: their order means something, and without ICU nobody here knows when it does not.
/// </remarks>
static class ComposedText
{
    const int FirstLead = 0x1100;
    const int FirstVowel = 0x1161;
    const int NoTail = 0x11A7;
    const int FirstSyllable = 0xAC00;
    const int Leads = 19;
    const int Vowels = 21;
    const int Tails = 28;

    static readonly Lazy<FrozenDictionary<string, Rune>> Compositions = new(() => PasswordText.AllParts
        .Where(d => d.Parts.EnumerateRunes().Skip(1).Any() && d.Parts.EnumerateRunes().Skip(1).All(IsJoined))
        .GroupBy(d => Key(d.Parts.EnumerateRunes().First(), d.Parts.EnumerateRunes().Skip(1)), d => d.Rune)
        .ToFrozenDictionary(g => g.Key, g => g.Min()));

    public static string Of(string typed) => Ascii.IsValid(typed) ? typed : Composed(PasswordText.Decomposed(typed));

    static string Composed(List<Rune> runes)
    {
        var text = new StringBuilder();
        for (var at = 0; at < runes.Count;)
        {
            if (SyllableAt(runes, at) is var (syllable, length))
            {
                text.Append(syllable);
                at += length;
                continue;
            }

            var marks = runes.Skip(at + 1).TakeWhile(IsJoined).ToList();
            var key = Key(runes[at], marks);
            text.Append(marks.Count > 0 && Compositions.Value.TryGetValue(key, out var letter) ? letter.ToString() : key);
            at += 1 + marks.Count;
        }
        return text.ToString();
    }

    // The Unicode Standard, section 3.12.
    static (Rune Syllable, int Length)? SyllableAt(List<Rune> runes, int at)
    {
        var (lead, vowel, tail) = (Offset(at, FirstLead), Offset(at + 1, FirstVowel), Offset(at + 2, NoTail));
        if (lead is < 0 or >= Leads || vowel is < 0 or >= Vowels) return null;

        var hasTail = tail is > 0 and < Tails;
        return (new Rune(FirstSyllable + (lead * Vowels + vowel) * Tails + (hasTail ? tail : 0)), hasTail ? 3 : 2);

        int Offset(int index, int first) => index < runes.Count ? runes[index].Value - first : -1;
    }

    static string Key(Rune letter, IEnumerable<Rune> marks) => letter + string.Concat(marks.Order());

    static bool IsJoined(Rune rune) => rune.Value is (>= 0x0300 and <= 0x036F) or (>= 0x0653 and <= 0x0655) or 0x3099 or 0x309A;
}
