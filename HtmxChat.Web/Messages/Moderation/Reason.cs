using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Moderation;

/// <summary>Why somebody reports a message, or an administrator removes it. One that exists is valid.</summary>
public sealed record Reason
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxLength = 500;

    Reason(string text) => Text = text;

    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static Reason? Parse(string? text, out Refusal? refusal) =>
        PlainLine.Read(text, "Please say why.", MaxLength, out refusal) is { } line ? new(line) : null;
}
