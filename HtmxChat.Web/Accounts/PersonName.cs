using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>A name that a person may have. One that exists is valid, or was when it was taken.</summary>
public sealed record PersonName
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxLength = 40;

    PersonName(string text) => Text = text;

    public string Text { get; }

    /// <summary>One that somebody has.</summary>
    public static PersonName Stored(string text) => new(text);

    /// <summary>Reads what somebody typed.</summary>
    public static PersonName? Parse(string? text, out Refusal? refusal) =>
        PlainLine.Read(text, "Please give your name.", MaxLength, out refusal) is { } name ? new(name) : null;
}
