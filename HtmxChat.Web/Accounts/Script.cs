using System.Text;

namespace HtmxChat.Web.Accounts;

/// <summary>Which letters are written together, so that a handle of one script does not pass for one of another: the Cyrillic <c>а</c> looks as the Latin one does.</summary>
/// <remarks>
/// Ranges of the Unicode Character Database, rounded to blocks: whatever stands in none of them is of one more script
/// together. Which may be mixed is the level "highly restrictive" of UTS 39, section 5.2.
/// </remarks>
static class Script
{
    [Flags]
    enum Kind
    {
        Latin = 1,
        Greek = 2,
        Cyrillic = 4,
        Han = 8,
        Kana = 16,
        Hangul = 32,
        Bopomofo = 64,
        Armenian = 128,
        Hebrew = 256,
        Arabic = 512,
        Thai = 1024,
        Georgian = 2048,
        Cherokee = 4096,
        Indic = 8192,
        Other = 16384,
    }

    static readonly Kind[] Mixes = [Kind.Latin | Kind.Han | Kind.Kana, Kind.Latin | Kind.Han | Kind.Bopomofo, Kind.Latin | Kind.Han | Kind.Hangul];

    static readonly (int First, int Last, Kind Kind)[] Ranges =
    [
        (0x0041, 0x02FF, Kind.Latin), (0x0370, 0x03FF, Kind.Greek), (0x0400, 0x052F, Kind.Cyrillic), (0x0530, 0x058F, Kind.Armenian), (0x0590, 0x05FF, Kind.Hebrew),
        (0x0600, 0x077F, Kind.Arabic), (0x08A0, 0x08FF, Kind.Arabic), (0x0900, 0x0DFF, Kind.Indic), (0x0E00, 0x0E7F, Kind.Thai), (0x10A0, 0x10FF, Kind.Georgian),
        (0x1100, 0x11FF, Kind.Hangul), (0x13A0, 0x13FF, Kind.Cherokee), (0x1C80, 0x1C8F, Kind.Cyrillic), (0x1C90, 0x1CBF, Kind.Georgian), (0x1D00, 0x1DBF, Kind.Latin),
        (0x1E00, 0x1EFF, Kind.Latin), (0x1F00, 0x1FFF, Kind.Greek), (0x2C60, 0x2C7F, Kind.Latin), (0x2D00, 0x2D2F, Kind.Georgian), (0x2DE0, 0x2DFF, Kind.Cyrillic),
        (0x2E80, 0x2FDF, Kind.Han), (0x3005, 0x3007, Kind.Han), (0x3021, 0x3029, Kind.Han), (0x3040, 0x30FF, Kind.Kana), (0x3105, 0x312F, Kind.Bopomofo), (0x3131, 0x318E, Kind.Hangul),
        (0x31A0, 0x31BF, Kind.Bopomofo), (0x31F0, 0x31FF, Kind.Kana), (0x3400, 0x4DBF, Kind.Han), (0x4E00, 0x9FFF, Kind.Han), (0xA640, 0xA69F, Kind.Cyrillic),
        (0xA720, 0xA7FF, Kind.Latin), (0xA960, 0xA97F, Kind.Hangul), (0xAB30, 0xAB6F, Kind.Latin), (0xAB70, 0xABBF, Kind.Cherokee), (0xAC00, 0xD7FF, Kind.Hangul),
        (0xF900, 0xFAFF, Kind.Han), (0x1B000, 0x1B16F, Kind.Kana), (0x20000, 0x3FFFF, Kind.Han),
    ];

    /// <summary>Those letters of a text that may stand together with its first one; whatever is no letter stays.</summary>
    public static string OfTheFirst(string text)
    {
        var (kept, kinds) = (new StringBuilder(), default(Kind));
        foreach (var rune in text.EnumerateRunes())
        {
            if (!AreTogether(kinds | Of(rune))) continue;

            kinds |= Of(rune);
            kept.Append(rune);
        }
        return kept.ToString();
    }

    static bool AreTogether(Kind kinds) => (kinds & (kinds - 1)) == 0 || Mixes.Any(mix => (kinds & ~mix) == 0);

    // Latin digits and marks go with every script.
    static Kind Of(Rune rune)
    {
        if (!Rune.IsLetterOrDigit(rune) || char.IsAsciiDigit((char)Math.Min(rune.Value, char.MaxValue))) return default;

        foreach (var (first, last, kind) in Ranges)
        {
            if (rune.Value >= first && rune.Value <= last) return kind;
        }
        return Kind.Other;
    }
}
