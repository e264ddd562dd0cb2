using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Admin;

/// <summary>How long messages may be, in UTF-16 units. One that exists is valid.</summary>
public sealed record MessageLength
{
    /// <summary>Less than this would be no chat.</summary>
    public const int Least = 100;

    MessageLength(int value) => Value = value;

    public int Value { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static MessageLength? Parse(string? text, out Refusal? refusal)
    {
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value);
        refusal = isNumber && value is >= Least and <= Site.DefaultMaxMessageLength
            ? null
            : new(string.Create(CultureInfo.InvariantCulture, $"Please give a number from {Least} to {Site.DefaultMaxMessageLength}."));
        return refusal is null ? new MessageLength(value) : null;
    }
}
