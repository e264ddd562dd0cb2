namespace HtmxChat.Web.Mail;

/// <summary>How the way to the mail server is kept from being read.</summary>
public enum MailSecurity
{
    /// <summary>TLS once the server has been greeted; a server without it is given nothing. Usual on port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte. Usual on port 465.</summary>
    Tls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None,
}
