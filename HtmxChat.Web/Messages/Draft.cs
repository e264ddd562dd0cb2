using System.Globalization;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>What may be said in a room. A draft that exists is valid.</summary>
public sealed record Draft
{
    /// <summary>In UTF-16 units, after cleaning; a site may be set to less.</summary>
    public const int MaxLength = Site.DefaultMaxMessageLength;

    Draft(string text) => Text = text;

    /// <summary>Lines are separated by LF; there is no other control character but the tab.</summary>
    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    /// <param name="maxLength">As the site is set.</param>
    public static Draft? Parse(string? text, out Refusal? refusal, int maxLength = MaxLength)
    {
        var clean = Clean(text ?? "");
        refusal =
            !PlainLine.SaysSomething(clean) ? new("Write something first.") :
            clean.Length > maxLength ? new(string.Create(CultureInfo.InvariantCulture, $"That is {clean.Length:N0} characters, and a message can have {maxLength:N0}. Please shorten it; your text is kept.")) :
            null;
        return refusal is null ? new Draft(clean) : null;
    }

    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t') clean.Append(rune);
        }
        return clean.ToString().Trim();
    }
}
