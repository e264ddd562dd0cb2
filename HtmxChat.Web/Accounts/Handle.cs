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

    /// <summary>Reads what somebody typed: a handle that they choose for themselves.</summary>
    public static Handle? Parse(string? text, out Refusal? refusal)
    {
        var handle = PlainLine.Clean(text).TrimStart('@').ToLowerInvariant();
        refusal =
            handle.Length == 0 ? new("Please choose a handle.") :
            handle.Length > MaxLength ? new($"That has {handle.Length} characters; please use at most {MaxLength}.") :
            handle.Contains(' ', StringComparison.Ordinal) ? new("A handle has no spaces; write a dot instead.") :
            handle.EnumerateRunes().Where(r => !IsAllowed(r)).Select(r => r.ToString()).FirstOrDefault() is { } other ? new($"A handle has letters, digits, dots and dashes; please leave out {other}.") :
            !handle.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? new("A handle needs at least one letter or digit.") :
            null;
        return refusal is null ? new Handle(handle) : null;
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
