namespace HtmxChat.Web.Storage;

/// <summary>Text as part of a pattern of SQL's <c>like</c>, with <c>escape '!'</c>: whatever stands for something else there stands for itself.</summary>
public static class LikePattern
{
    public static string Of(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
