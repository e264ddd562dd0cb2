using System.Net;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace HtmxChat.Web.Mail;

/// <summary>A mail to one person: some sentences, and perhaps a link.</summary>
/// <param name="Kind">What it is, for the log, where neither the person nor the words may stand.</param>
/// <param name="To">An address.</param>
/// <param name="Sentences">Plain text, a paragraph each.</param>
/// <param name="Link">A path of this site; null for none.</param>
/// <param name="LinkWords">What the link does.</param>
public sealed record Letter(string Kind, string To, string Subject, IReadOnlyList<string> Sentences, string? Link = null, string LinkWords = "")
{
    internal MimeMessage Write(MailSettings settings)
    {
        var message = new MimeMessage { Subject = Subject, MessageId = MimeUtils.GenerateMessageId(settings.From.Domain) };
        message.From.Add(settings.From);
        message.To.Add(MailboxAddress.Parse(To));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday notice answers

        var link = Link is null ? null : new Uri(settings.Site, Link).AbsoluteUri;
        message.Body = new BodyBuilder { TextBody = Text(link), HtmlBody = Html(link) }.ToMessageBody();
        return message;
    }

    string Text(string? link) => string.Join("\r\n\r\n", link is null ? Sentences : [.. Sentences, $"{LinkWords}:\r\n{link}"]) + "\r\n";

    string Html(string? link)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><body>");
        foreach (var sentence in Sentences) html.Append("<p>").Append(WebUtility.HtmlEncode(sentence)).Append("</p>");
        if (link is not null) html.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(link)).Append("\">").Append(WebUtility.HtmlEncode(LinkWords)).Append("</a></p>");
        return html.Append("</body></html>").ToString();
    }
}
