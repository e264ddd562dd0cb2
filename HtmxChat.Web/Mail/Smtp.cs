using MailKit.Net.Smtp;
using MailKit.Security;

namespace HtmxChat.Web.Mail;

/// <summary>Hands letters in at the mail server.</summary>
public sealed class Smtp(MailSettings settings)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Hands one in.</summary>
    /// <returns>What the server said to it.</returns>
    /// <exception cref="Exception">It was not taken; what for is in the message, which may name the address.</exception>
    public async Task<string> SendAsync(Letter letter, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        await client.ConnectAsync(settings.Host, settings.Port, Options, limit.Token);
        if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password, limit.Token);

        var answer = await client.SendAsync(letter.Write(settings), limit.Token);
        await client.DisconnectAsync(quit: true, limit.Token);
        return answer;
    }

    SecureSocketOptions Options => settings.Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
