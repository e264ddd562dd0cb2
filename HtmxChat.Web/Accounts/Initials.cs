using System.Globalization;

namespace HtmxChat.Web.Accounts;

/// <summary>What stands in a person's picture while there is none.</summary>
public static class Initials
{
    /// <summary>The first letters of the first and the last word of a name, as a reader sees letters.</summary>
    public static string Of(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return "";

        var first = StringInfo.GetNextTextElement(words[0]);
        var last = words.Length > 1 ? StringInfo.GetNextTextElement(words[^1]) : "";
        return (first + last).ToUpperInvariant();
    }
}
