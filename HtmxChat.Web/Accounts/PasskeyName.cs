using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What a person calls a passkey. One that exists is valid.</summary>
public sealed record PasskeyName
{
    /// <summary>In UTF-16 units, after cleaning.</summary>
    public const int MaxLength = 40;

    PasskeyName(string text) => Text = text;

    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static PasskeyName? Parse(string? text, out Refusal? refusal) =>
        PlainLine.Read(text, "Please give it a name, for example of the device that it is on.", MaxLength, out refusal) is { } name ? new(name) : null;
}
