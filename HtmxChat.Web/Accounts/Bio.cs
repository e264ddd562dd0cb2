using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>A line about oneself; may be empty. One that exists is valid.</summary>
public sealed record Bio
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxLength = 160;

    Bio(string text) => Text = text;

    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static Bio? Parse(string? text, out Refusal? refusal)
    {
        var line = PlainLine.Clean(text);
        refusal = line.Length > MaxLength ? new($"That line has {line.Length} characters; please use at most {MaxLength}.") : null;
        return refusal is null ? new Bio(line) : null;
    }
}
