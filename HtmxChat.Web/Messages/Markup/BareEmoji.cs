using System.Globalization;
using System.Text;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>Finds texts that are emoji and nothing else.</summary>
static class BareEmoji
{
    const int Most = 3;
    const int MostUnits = 64; // a family of four, each with a colour, has 19
    const char AsPicture = '\uFE0F';

    /// <summary>Whether it is one to three emoji, with or without spaces between them.</summary>
    public static bool AreAllOf(string text)
    {
        if (text.Length is 0 or > MostUnits || (text[0] < '\u203C' && !text.Contains(AsPicture, StringComparison.Ordinal))) return false;

        var count = 0;
        for (var signs = StringInfo.GetTextElementEnumerator(text); signs.MoveNext();)
        {
            var sign = signs.GetTextElement();
            if (string.IsNullOrWhiteSpace(sign)) continue;
            if (++count > Most || !IsOne(sign)) return false;
        }
        return count > 0;
    }

    // Emoji_Presentation (UAX 51) below the planes of pictures, where most signs are letters of some kind; and whatever is made a picture.
    static bool IsOne(string sign) => sign.Contains(AsPicture, StringComparison.Ordinal) || Rune.GetRuneAt(sign, 0).Value is
        (>= 0x1F000 and <= 0x1FAFF) or (>= 0x231A and <= 0x231B) or (>= 0x23E9 and <= 0x23EC) or 0x23F0 or 0x23F3 or (>= 0x25FD and <= 0x25FE) or (>= 0x2614 and <= 0x2615) or
        (>= 0x2648 and <= 0x2653) or 0x267F or 0x2693 or 0x26A1 or (>= 0x26AA and <= 0x26AB) or (>= 0x26BD and <= 0x26BE) or (>= 0x26C4 and <= 0x26C5) or 0x26CE or 0x26D4 or 0x26EA or
        (>= 0x26F2 and <= 0x26F3) or 0x26F5 or 0x26FA or 0x26FD or 0x2705 or (>= 0x270A and <= 0x270B) or 0x2728 or 0x274C or 0x274E or (>= 0x2753 and <= 0x2755) or 0x2757 or 0x2764 or
        (>= 0x2795 and <= 0x2797) or 0x27B0 or 0x27BF or (>= 0x2B1B and <= 0x2B1C) or 0x2B50 or 0x2B55;
}
