using System.Globalization;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>
/// Notes whether somebody looks at a page without a WebSocket. Its word comes by itself, and perhaps to another node than
/// the page's stream comes from; then the relay carries it there. Safe for any number of threads.
/// </summary>
public sealed class WatchedPages(LiveConnections live, Unread unread, SiteDirectory sites, IRelay relay) : IDisposable
{
    const int MaxNameLength = 16;

    readonly Lock gate = new();
    Listening? listening;

    /// <summary>What a page calls itself: up to 16 letters and digits; null for anything else.</summary>
    public static string? ParseName(string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && text.All(char.IsAsciiLetterOrDigit) ? text : null;

    /// <summary>Has what other nodes are told reach this one. Whoever asks has a stream here of a page that has a name.</summary>
    public void Listen()
    {
        lock (gate) listening ??= relay.Listen(Channel(sites.Current), message => Hear(Encoding.ASCII.GetString(message.Span)));
    }

    /// <summary>Says that somebody looks at a page.</summary>
    /// <param name="page">What it calls itself; null for all of the session that have not said, and then only on this node.</param>
    /// <param name="lasting">How long that is believed; zero when nobody looks at it any more.</param>
    public void Say(string session, RoomId room, string? page, TimeSpan lasting)
    {
        Note(session, room, page, lasting);
        if (page is not null) relay.Publish(Channel(sites.Current), Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{session} {room} {page} {lasting.TotalSeconds:F0}")));
    }

    public void Dispose() => listening?.Dispose();

    void Hear(string message)
    {
        if (message.Split(' ') is [var session, var room, var page, var seconds]
            && long.TryParse(room, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var lasting))
            Note(session, new RoomId(id), page, TimeSpan.FromSeconds(lasting));
    }

    // Of the page's connections one may be dead without having said so.
    void Note(string session, RoomId room, string? page, TimeSpan lasting)
    {
        foreach (var connection in live.Open().Where(c => c.Holder.Session == session && c.Holder.Room == room && c.View.Name == page))
        {
            unread.HasRead(connection);
            connection.View.IsWatchedFor(lasting);
        }
    }

    static string Channel(Site site) => $"{site.Epoch}:here";
}
