using HtmxChat.Web.Live;

namespace HtmxChat.Web.Messages;

/// <summary>
/// Brings messages that were posted or have changed to every page that shows them. They have been committed, so nobody's
/// cancellation may stop it. A repeat is harmless: offering is a hint.
/// </summary>
public sealed class PublishMessages(MessageHtml html, RoomLogs logs)
{
    public async Task RunAsync(params IEnumerable<Message> messages)
    {
        foreach (var message in messages) logs.Offer(message.Room, await html.EventAsync(message, CancellationToken.None));
    }
}
