using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace HtmxChat.Web.Messages;

/// <summary>
/// What a page or a form calls a message before it has a number. The same author and key are the same message for ever,
/// so a double click, a retry, Back and reload are harmless.
/// </summary>
public sealed partial record ClientKey
{
    ClientKey(string text) => Text = text;

    public string Text { get; }

    /// <summary>A new key of 128 random bits.</summary>
    public static ClientKey New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    /// <returns>Null when it is no key: 16 to 64 letters, digits, hyphens and underscores.</returns>
    public static ClientKey? Parse(string? text) => text is not null && Form.IsMatch(text) ? new ClientKey(text) : null;

    [GeneratedRegex(@"^[A-Za-z0-9_-]{16,64}\z")]
    static partial Regex Form { get; }
}
