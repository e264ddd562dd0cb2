using System.Globalization;
using System.Text;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What a person signs in with and is mentioned by: letters, digits, dots and dashes. One that exists is valid.</summary>
public sealed record Handle
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxLength = 40;

    Handle(string text) => Text = text;

    public string Text { get; }

    /// <summary>The handle that a name suggests: <c>Ada Byron</c> is <c>ada.byron</c>.</summary>
    public static Handle From(string? name)
    {
        var handle = new StringBuilder();
        foreach (var rune in PlainLine.Clean(name).TrimStart('@').ToLowerInvariant().EnumerateRunes())
        {
            if (IsAllowed(rune)) handle.Append(rune);
            else if (Rune.IsWhiteSpace(rune)) handle.Append('.');
        }
        return new(handle.Length == 0 ? "someone" : handle.Length <= MaxLength ? handle.ToString() : handle.ToString(0, MaxLength));
    }

    /// <summary>One of several alike: the first as it is, the second with a 2, and so on.</summary>
    public Handle Numbered(int number)
    {
        var end = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
        return new(Text[..Math.Min(Text.Length, MaxLength - end.Length)] + end);
    }

    static bool IsAllowed(Rune rune) => rune.Value is '.' or '-' or '_' || Rune.IsLetterOrDigit(rune) ||
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
