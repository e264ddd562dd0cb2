using System.Globalization;
using System.Text;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What a person signs in with and is mentioned by: letters of one script, digits, dots and dashes. One that exists is valid, or was when it was taken.</summary>
public sealed record Handle
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxLength = 40;

    /// <summary>What calls everybody in a room, and so is nobody's.</summary>
    public const string OfRoom = "room";

    Handle(string text) => Text = text;

    public string Text { get; }

    /// <summary>That of names in which there is nothing a handle can have.</summary>
    public static Handle OfSomeone { get; } = new("someone");

    /// <summary>The handle that a name suggests: <c>Ada Byron</c> is <c>ada.byron</c>.</summary>
    public static Handle From(string? name)
    {
        var handle = new StringBuilder();
        foreach (var rune in Script.OfTheFirst(Plain(name)).EnumerateRunes())
        {
            if (IsAllowed(rune)) handle.Append(rune);
            else if (Rune.IsWhiteSpace(rune)) handle.Append('.');
        }
        var text = PlainLine.Cut(handle.ToString(), MaxLength);
        return text != OfRoom && text.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? new(text) : OfSomeone;
    }

    /// <summary>One that somebody has.</summary>
    public static Handle Stored(string text) => new(text);

    /// <summary>Reads what somebody typed: a handle that they choose for themselves.</summary>
    public static Handle? Parse(string? text, out Refusal? refusal)
    {
        var handle = Plain(text);
        refusal =
            handle.Length == 0 ? new("Please choose a handle.") :
            handle.Length > MaxLength ? new($"That has {handle.Length} characters; please use at most {MaxLength}.") :
            handle.Contains(' ', StringComparison.Ordinal) ? new("A handle has no spaces; write a dot instead.") :
            handle.EnumerateRunes().Any(PlainLine.IsUnseen) ? new("There is something in that handle that nobody can see. Please type it anew.") :
            handle.EnumerateRunes().Where(r => !IsAllowed(r)).Select(r => r.ToString()).FirstOrDefault() is { } other ? new($"A handle has letters, digits, dots and dashes; please leave out {other}.") :
            !handle.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? new("A handle needs at least one letter or digit.") :
            handle == OfRoom ? new($"@{OfRoom} calls everybody in a room. Please choose another handle.") :
            Script.OfTheFirst(handle) != handle ? new("Please write a handle in one script only: letters of several can look alike.") :
            null;
        return refusal is null ? new Handle(handle) : null;
    }

    /// <summary>One of several alike: the first as it is, the second with a 2, and so on.</summary>
    public Handle Numbered(int number)
    {
        var end = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
        return new(PlainLine.Cut(Text, MaxLength - end.Length) + end);
    }

    // Letters that are written in several ways become the same: é of one piece or of two, and the wide letters of East Asia.
    static string Plain(string? text) => PlainLine.Clean(ComposedText.Of(PlainLine.Clean(text))).TrimStart('@').ToLowerInvariant();

    static bool IsAllowed(Rune rune) => !PlainLine.IsUnseen(rune) && (rune.Value is '.' or '-' or '_' || Rune.IsLetterOrDigit(rune) ||
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
