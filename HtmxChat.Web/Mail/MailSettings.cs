using MimeKit;

namespace HtmxChat.Web.Mail;

/// <summary>Where letters are handed in, and from whom they come.</summary>
/// <param name="User">Null for a server that asks for no name.</param>
/// <param name="Site">Where the links in letters lead. What a request takes for this site's address is not to be trusted here: whoever asks for somebody else's letter would choose it.</param>
public sealed record MailSettings(string Host, int Port, MailSecurity Security, string? User, string Password, MailboxAddress From, Uri Site)
{
    /// <summary>Reads the section <c>Mail</c>.</summary>
    /// <returns>Null when there is no <c>Mail:Host</c>: this site sends no mail.</returns>
    /// <exception cref="InvalidOperationException">A setting is missing or cannot be understood.</exception>
    public static MailSettings? Read(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Mail");
        if (mail["Host"] is not { Length: > 0 } host) return null;

        if (!Enum.TryParse<MailSecurity>(mail["Security"] ?? nameof(MailSecurity.StartTls), ignoreCase: true, out var security)) throw Wrong("Security", "starttls, tls or none");
        if (!MailboxAddress.TryParse(mail["From"], out var from)) throw Wrong("From", "an address: HtmxChat <chat@example.org>");
        if (!Uri.TryCreate(mail["SiteAddress"], UriKind.Absolute, out var site) || site.Scheme is not ("https" or "http")) throw Wrong("SiteAddress", "where this site is: https://chat.example.org");

        var port = mail.GetValue("Port", security switch { MailSecurity.StartTls => 587, MailSecurity.Tls => 465, _ => 25 });
        return new MailSettings(host, port, security, mail["User"] is { Length: > 0 } user ? user : null, mail["Password"] ?? "", from, site);
    }

    static InvalidOperationException Wrong(string setting, string expected) => new($"Mail:Host is set, so Mail:{setting} has to be {expected}.");
}
