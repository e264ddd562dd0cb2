using System.Collections.Frozen;
using System.Text;

namespace HtmxChat.Web.Messages.Reactions;

/// <summary>The full set of Unicode, in its order. Read when somebody first asks.</summary>
public static class AllEmoji
{
    /// <summary>What is offered to whoever has used none yet.</summary>
    public static readonly IReadOnlyList<string> Usual = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

    // Asks for a colourful picture where a character has a plain one, too; some keyboards leave it away.
    const string AskForColour = "\uFE0F";

    static readonly Lazy<IReadOnlyList<Emoji>> List = new(() => [.. Read()]);

    static readonly Lazy<FrozenDictionary<string, (string Text, Emoji Emoji)>> ByText = new(() =>
        List.Value.SelectMany(e => e.Variants.Prepend(e.Text).Select(text => (Text: text, Emoji: e))).ToFrozenDictionary(x => Plain(x.Text)));

    /// <summary>The names of the groups that Unicode puts them in.</summary>
    public static IReadOnlyList<string> Groups => [.. List.Value.Select(e => e.Group).Distinct()];

    /// <summary>Those of one group.</summary>
    public static IEnumerable<Emoji> Of(string? group) => List.Value.Where(e => e.Group == group);

    /// <summary>An emoji as it is properly written; null for anything else.</summary>
    public static string? Find(string? text) => text is { Length: < 64 } && ByText.Value.TryGetValue(Plain(text), out var found) ? found.Text : null;

    /// <summary>What an emoji is, whatever its colour; null for anything else.</summary>
    public static Emoji? Describe(string text) => ByText.Value.TryGetValue(Plain(text), out var found) ? found.Emoji : null;

    /// <summary>The skin tone that an emoji has, from 1 to 5; 0 when it has none, or several.</summary>
    public static int ToneOf(string text) => Describe(text) is { HasTones: true } emoji ? (emoji.Variants.Take(Emoji.Tones).ToList().IndexOf(text) + 1) : 0;

    /// <summary>Those of whose name and other words some begin as the given ones do: by name first.</summary>
    public static IEnumerable<Emoji> Search(string? words)
    {
        var wanted = SplitWords(words ?? "").ToList();
        return wanted.Count == 0 ? [] : List.Value.Select(e => (Emoji: e, Rank: RankOf(e, wanted))).Where(x => x.Rank is not null).OrderBy(x => x.Rank).Select(x => x.Emoji);
    }

    // 0 when its name begins so, 1 when a word of its name does, 2 when any word does.
    static int? RankOf(Emoji emoji, List<string> wanted)
    {
        if (emoji.Name.StartsWith(string.Join(' ', wanted), StringComparison.OrdinalIgnoreCase)) return 0;

        var named = SplitWords(emoji.Name).ToList();
        if (wanted.TrueForAll(w => named.Exists(word => Begins(word, w)))) return 1;

        var all = emoji.Words.SelectMany(SplitWords).Concat(named).ToList();
        return wanted.TrueForAll(w => all.Exists(word => Begins(word, w))) ? 2 : null;
    }

    static bool Begins(string word, string with) => word.StartsWith(with, StringComparison.OrdinalIgnoreCase);

    static string[] SplitWords(string words) => words.Split([' ', ',', ':', '_', '-', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

    static string Plain(string text) => text.Replace(AskForColour, "", StringComparison.Ordinal);

    static IEnumerable<Emoji> Read()
    {
        using var list = new StreamReader(typeof(AllEmoji).Assembly.GetManifestResourceStream("emoji.txt")!, Encoding.UTF8);
        while (list.ReadLine() is { } line)
        {
            if (line.Split('\t') is not [var group, var text, var name, var words, var variants]) throw new InvalidDataException($"'{line}' is no emoji.");
            yield return new Emoji(text, name, group, words.Split(','), variants.Length == 0 ? [] : variants.Split(','));
        }
    }
}
