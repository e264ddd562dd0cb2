namespace HtmxChat.Web.Accounts;

/// <summary>What whoever guesses passwords tries first. All texts are in lower case.</summary>
static class GuessedPassword
{
    /// <summary>So many characters besides a word that everybody knows are a password of their own.</summary>
    const int EnoughBeside = 5;

    /// <summary>Shorter names are in too many words.</summary>
    const int ShortestName = 3;

    /// <summary>Neighbours on keyboards, and what everybody knows by heart.</summary>
    static readonly string[] Rows =
    [
        .. new[]
        {
            "abcdefghijklmnopqrstuvwxyz", "01234567890", "!@#$%^&*()", "!\"§$%&/()=",
            "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiop", "yxcvbnm,.-", "azertyuiop", "qsdfghjklm", "wxcvbn",
            "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/", "q2w3e4r5t6y7u8i9o0p",
        }.SelectMany(row => new[] { row, string.Concat(row.Reverse()) }),
    ];

    /// <summary>In so long pieces, on average, only rows of keys come.</summary>
    const int RowLength = 4;

    /// <summary>Whether it is little more than names that others know.</summary>
    public static bool IsMadeOf(string text, IEnumerable<string?> names)
    {
        var (letters, left) = (Letters(text), Letters(text));
        foreach (var name in names.OfType<string>().SelectMany(Words).OrderByDescending(w => w.Length)) left = left.Replace(name, "", StringComparison.Ordinal);
        return left.Length < letters.Length && left.Length < EnoughBeside;
    }

    /// <summary>Whether it repeats itself, or follows rows of keys.</summary>
    public static bool IsPattern(string text) =>
        Enumerable.Range(1, Math.Min(PasswordRule.MinLength - 1, text.Length / 2)).Any(length => Repeats(text, length)) || CountPieces(text) * RowLength <= text.Length;

    /// <summary>Whether it is one of the passwords that many use, also with digits for letters and a little around it.</summary>
    public static bool IsCommon(string text)
    {
        var (stem, word) = (text.TrimEnd(Besides), text.Trim(Besides));
        return IsKnown(text) || (text.Length - stem.Length < EnoughBeside && IsKnown(stem)) || (text.Length - word.Length < EnoughBeside && IsKnown(word));
    }

    static IEnumerable<string> Words(string name)
    {
        var known = PasswordText.Of(name).ToLowerInvariant();
        return known.Split([' ', '.', '-', '_']).Append(known).Select(Letters).Where(w => w.Length >= ShortestName);
    }

    static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    static bool Repeats(string text, int length) => text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length));

    static int CountPieces(string text)
    {
        var pieces = 0;
        for (var at = 0; at < text.Length; pieces++) at += PieceLength(text, at);
        return pieces;
    }

    static int PieceLength(string text, int at)
    {
        var same = text.AsSpan(at).IndexOfAnyExcept(text[at]);
        var longest = same < 0 ? text.Length - at : same;
        while (at + longest < text.Length && Rows.Any(row => row.Contains(text.Substring(at, longest + 1), StringComparison.Ordinal))) longest++;
        return longest;
    }

    static readonly char[] Besides = [.. "0123456789 !?.,;:-_+*#$%&/()=@'\"^~"];

    static bool IsKnown(string word) => CommonPasswords.Contain(word) || CommonPasswords.Contain(Spelled(word, one: 'i')) || CommonPasswords.Contain(Spelled(word, one: 'l'));

    static string Spelled(string word, char one) => string.Concat(word.Select(c => c switch
    {
        '0' => 'o',
        '1' => one,
        '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => c,
    }));
}
