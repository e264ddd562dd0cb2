using HtmxChat.Web.Shared;
using MimeKit;

namespace HtmxChat.Web.Accounts;

/// <summary>An address for mail. One that exists can be written to, as far as its form goes.</summary>
public sealed record EmailAddress
{
    /// <summary>RFC 5321, section 4.5.3.1.3, without the brackets.</summary>
    public const int MaxLength = 254;

    EmailAddress(string text) => Text = text;

    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static EmailAddress? Parse(string? text, out Refusal? refusal)
    {
        if (PlainLine.Read(text, "Please give an address.", MaxLength, out refusal) is not { } line) return null;
        if (MailboxAddress.TryParse(line, out var mailbox) && mailbox.Address == line && line.LastIndexOf('@') is > 0 and var at && at < line.Length - 1) return new(line);

        refusal = new("Please give an address such as name@example.org.");
        return null;
    }
}
