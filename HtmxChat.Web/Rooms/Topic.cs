using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Rooms;

/// <summary>What a room is about, in one line; may be empty. One that exists is valid.</summary>
public sealed record Topic
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxLength = 200;

    /// <summary>No topic.</summary>
    public static readonly Topic None = new("");

    Topic(string text) => Text = text;

    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static Topic? Parse(string? text, out Refusal? refusal)
    {
        var topic = PlainLine.Clean(text);
        refusal = topic.Length > MaxLength ? new($"That topic has {topic.Length} characters; please use at most {MaxLength}.") : null;
        return refusal is null ? new Topic(topic) : null;
    }
}
