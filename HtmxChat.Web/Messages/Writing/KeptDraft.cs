using System.Text;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>What somebody has typed in a room and not sent, as it stands there: it need not be anything that may be said.</summary>
/// <param name="Reply">The message that it answers; null when it answers none.</param>
public sealed record KeptDraft(string Text, long? Reply)
{
    /// <summary>In UTF-16 units; of more nothing is kept.</summary>
    public const int MaxLength = 10_000;

    /// <summary>What is cut off at both ends before a text is sent.</summary>
    public const string Blank = " \n\t";

    /// <summary>The text as it is kept, and as two of them are compared: lines end with LF, and there is no other control character but the tab.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t') clean.Append(rune);
        }
        return clean.ToString();
    }
}
