using System.Globalization;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Rooms;

/// <summary>What somebody typed to find people: the beginning of a word, or of several that follow each other, of their name or handle, whatever the case.</summary>
public sealed record NameSearch
{
    /// <summary>In UTF-16 units; longer than any name, and short enough for a pattern of SQLite's.</summary>
    public const int MaxLength = 100;

    // Of a person as p. A handle's dots and dashes part its words, and a dash those of a double name.
    const string Words = "replace(replace(' ' || p.display_name || ' ' || p.user_name, '-', ' '), '.', ' ')";

    NameSearch(string text) => Text = text;

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    public bool IsEmpty => Text.Length == 0;

    public static NameSearch Of(string? text) => new(PlainLine.Cut(PlainLine.Clean(text), MaxLength));

    /// <summary>On people as p.</summary>
    /// <remarks>
    /// SQLite knows upper and lower case of a to z alone, and so does PostgreSQL where it was set up with the locale C. What is
    /// typed is therefore looked for in the three ways in which people write their names.
    /// </remarks>
    internal string Condition => IsEmpty ? "1 = 1" : $"(upper({Words}) like @upper escape '!' or lower({Words}) like @lower escape '!' or {Words} like @title escape '!')";

    /// <summary>Those of <see cref="Condition"/>.</summary>
    internal (string Name, object? Value)[] Parameters
    {
        get
        {
            if (IsEmpty) return [];

            var words = Text.TrimStart('@').Replace('-', ' ').Replace('.', ' ');
            var lower = words.ToLowerInvariant();
            return [("@upper", Pattern(PlainLine.Key(words))), ("@lower", Pattern(lower)), ("@title", Pattern(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(lower)))];
        }
    }

    static string Pattern(string words) => $"% {LikePattern.Of(words)}%";
}
