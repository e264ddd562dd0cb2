using System.Globalization;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Reading;

/// <summary>
/// Notes whether somebody looks at a page without a WebSocket. Its word comes by itself, and perhaps to another node than
/// the page's stream comes from; then the relay carries it there. Safe for any number of threads.
/// </summary>
public sealed class WatchedPages(LiveConnections live, RoomLogs logs, Unread unread, SiteDirectory sites, IRelay relay) : IDisposable
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

    /// <summary>Notes what somebody has read on pages that they look at now: that is else done now and then.</summary>
    /// <param name="session">Whose pages are asked in any case; those of the person's other sessions only where one was looked at a second ago.</param>
    public void NoteReading(string session, PersonId person, RoomId room)
    {
        var pages = unread.IsWatched(person, room) ? live.Open() : live.Of(session);
        foreach (var page in pages.Where(p => p.Holder.Person == person && p.Holder.Room == room && p.View.IsRead)) unread.HasRead(page);
    }

    /// <summary>Notes what somebody has read, by the word of the page that shows it: what is under way to it does not count as written yet.</summary>
    /// <param name="at">The page's position; ignored where it says nothing here.</param>
    public async Task ReadToAsync(PersonId person, RoomId room, string? at, CancellationToken ct)
    {
        if (await SeqAsync(room, at, ct) is { } seq) unread.HasRead(person, room, seq);
    }

    /// <summary>The same where the person has come back to the page, or to the room's end: also what they kept unread is read.</summary>
    public async Task ComesToAsync(PersonId person, RoomId room, string? at, CancellationToken ct)
    {
        if (await SeqAsync(room, at, ct) is { } seq) unread.ComesTo(person, room, seq);
    }

    async Task<long?> SeqAsync(RoomId room, string? at, CancellationToken ct)
    {
        if (Position.Parse(at) is not { } position) return null;

        var newest = (await logs.OpenAsync(room, ct)).Heartbeat().Position;
        return position.Epoch == newest.Epoch ? Math.Min(position.Seq, newest.Seq) : null;
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
        foreach (var connection in live.Of(session).Where(c => c.Holder.Room == room && c.View.Name == page))
        {
            if (lasting > TimeSpan.Zero || connection.View.IsWatched) unread.HasRead(connection);
            connection.View.IsWatchedFor(lasting);
        }
    }

    static string Channel(Site site) => $"{site.Epoch}:here";
}
