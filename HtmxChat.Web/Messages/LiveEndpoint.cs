using System.Globalization;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Reading;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Net.Http.Headers;

namespace HtmxChat.Web.Messages;

/// <summary>
/// The one address of a room's log, <c>/rooms/{id}/live?after=position</c>: an Upgrade is answered by a WebSocket,
/// <c>Accept: text/event-stream</c> by Server-Sent Events, and anything else by a page that does not end; with <c>thread=</c> that page shows one thread.
/// </summary>
public sealed class LiveEndpoint(RoomDirectory rooms, RoomLogs logs, LiveConnections connections, WatchedPages watched, Unread unread, SessionTickets tickets, LivePost post, MessageList messages, MessageHtml html, ThreadFollowers followers, PartialRenderer partials, Limits limits, TimeProvider time)
{
    /// <summary>
    /// Answers 401 without a session, 404 without a room that the person may read, 403 to another site's page. To HEAD that
    /// is the whole answer, by which a page finds out whether the server is there and lets it in.
    /// </summary>
    public async Task HandleAsync(HttpContext http, RoomId id)
    {
        var isSocket = WebSocketHandshake.IsAskedFor(http);
        if (!http.User.Identity!.IsAuthenticated)
        {
            await RefuseSignedOutAsync(http);
            return;
        }
        if (isSocket && !SameOrigin.Allows(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        if (await rooms.FindAsync(id, http.User.Viewer(), http.RequestAborted) is not { } access)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (HttpMethods.IsHead(http.Request.Method)) return;

        var log = await logs.OpenAsync(id, http.RequestAborted);
        if (isSocket)
        {
            await WebSocketAsync(http, access, log);
            return;
        }

        using var connection = Open(http, id);
        if (!await MayStillAsync(http, id)) return;

        if (Wants(http.Request, "text/event-stream")) await EventsAsync(http, connection, access, log);
        else if (http.Request.Query.TryGetValue("thread", out var thread)) await ThreadPageAsync(http, connection, access, log, thread);
        else await PageAsync(http, connection, access, log);
        if (connection.View.IsRead) unread.HasRead(connection);
    }

    static Task RefuseSignedOutAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsync("You have been signed out. Reload the page to sign in.", http.RequestAborted);
    }

    // Counted in first and asked for then: whenever the session or the membership ends, one of the two notices.
    LiveConnection Open(HttpContext http, RoomId room)
    {
        var connection = connections.Open(new LiveHolder(http.User.Session(), http.User.PersonId(), room) { PersonVersion = http.User.Viewer().Version }, ConnectionTakeover.Of(http) is { } takeover ? takeover.Abort : http.Abort);
        DirectSocket.LimitUnconfirmed(http);
        connection.View.Shows = http.Request.Query[RoomList.ShownId];
        connection.View.Name = WatchedPages.ParseName(http.Request.Query["page"]);
        if (connection.View.Name is not null) watched.Listen();
        if (http.Request.Query.ContainsKey("here")) connection.View.IsWatchedFor(HereEndpoint.Lasts);
        return connection;
    }

    async Task<bool> MayStillAsync(HttpContext http, RoomId room)
    {
        if (!await tickets.IsOpenAsync(http.User.Session(), http.RequestAborted)) await RefuseSignedOutAsync(http);
        else if (!await rooms.MayStillReadAsync(room, http.User.PersonId(), http.RequestAborted)) http.Response.StatusCode = StatusCodes.Status404NotFound;
        else return true;
        return false;
    }

    async Task WebSocketAsync(HttpContext http, RoomAccess access, RoomLog log)
    {
        var (connection, isAccepted) = (Open(http, access.Room.Id), false);
        try
        {
            if (await MayStillAsync(http, access.Room.Id)) isAccepted = await WebSocketHandshake.AcceptAsync(http, Talk(connection, access, log, http.User.Viewer(), After(http.Request)));
        }
        finally
        {
            if (!isAccepted) connection.Dispose();
        }
    }

    // The request may be over by then, so nothing of it may be used here.
    Func<WebSocketTransport, Task> Talk(LiveConnection connection, RoomAccess access, RoomLog log, Viewer viewer, Position? after) => async transport =>
    {
        using (connection)
        {
            await new WebSocketCarrier(transport, connection, limits.Frames, time).RunAsync(log, after, access.FromSeq, (message, ct) => post.AnswerAsync(connection, viewer, message, ct));
            if (connection.View.IsWatched) unread.HasRead(connection);
        }
    };

    static Task EventsAsync(HttpContext http, LiveConnection connection, RoomAccess access, RoomLog log)
    {
        var after = After(http.Request);
        return http.Request.Query.TryGetValue("once", out var once)
            ? StreamCarrier.ServerSentEventsOnceAsync(http, connection, log, after, access.FromSeq, mayWait: once != "now")
            : StreamCarrier.ServerSentEventsAsync(http, connection, log, after, access.FromSeq);
    }

    async Task PageAsync(HttpContext http, LiveConnection connection, RoomAccess access, RoomLog log)
    {
        // The number first, then the list: what falls between them is shown by both, and the page hides the repeat.
        var (position, ct) = (log.Heartbeat().Position, http.RequestAborted);
        var page = await messages.BeforeAsync(access.Room.Id, before: null, access.FromSeq, ct);
        var shown = page.Messages.Where(m => m.ChangedSeq <= position.Seq).ToList();
        var line = await LineAsync(http, access, shown, ct);
        var opening = new MemoryStream();
        opening.Write(await OpeningAsync(new StreamOpening(access.Room, http.User.Viewer()), ct));
        foreach (var message in shown)
        {
            if (message == line?.Above) opening.Write(line.Value.Html);
            opening.Write(await html.RenderAsync(message, ct));
        }
        await StreamCarrier.PageAsync(http, connection, opening.ToArray(), log, position, access.FromSeq, ValueTask.FromResult);
    }

    // The same of one thread: its root, which is shown as it is now, its messages, and of what comes what is in it.
    async Task ThreadPageAsync(HttpContext http, LiveConnection connection, RoomAccess access, RoomLog log, string? thread)
    {
        var (position, ct) = (log.Heartbeat().Position, http.RequestAborted);
        connection.View.ShowsRoom = false;
        if (!long.TryParse(thread, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) || await messages.FindPlaceAsync(access, seq, ct) is not { Thread.Of: null } root)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var page = await messages.BeforeInThreadAsync(access.Room.Id, seq, before: null, ct);
        var rootHtml = await html.RenderAsync(root, ct);
        var opening = new MemoryStream();
        opening.Write(await OpeningAsync(new StreamOpening(access.Room, http.User.Viewer()) { Thread = root, OlderThan = page.OlderThan }, ct));
        opening.Write([.. """<div class="root">"""u8, .. rootHtml, .. "</div>"u8]);
        foreach (var message in page.Messages.Where(m => m.ChangedSeq <= position.Seq)) opening.Write(await html.RenderAsync(message, ct));

        var view = new ThreadView(seq, rootHtml);
        await StreamCarrier.PageAsync(http, connection, opening.ToArray(), log, position, access.FromSeq, async batch =>
        {
            var part = view.Of(batch);
            if (part.Events.Count > 0) await followers.HasReadAsync(root, http.User.PersonId(), batch.Position.Seq, connection.Ended);
            return part;
        });
    }

    async Task<byte[]> OpeningAsync(StreamOpening opening, CancellationToken ct) => Encoding.UTF8.GetBytes(await partials.RenderAsync("/Messages/_StreamOpening.cshtml", opening, ct));

    // The line above what is new. The page around this one has moved the place already, and says where it was.
    async Task<(Message Above, byte[] Html)?> LineAsync(HttpContext http, RoomAccess access, List<Message> shown, CancellationToken ct)
    {
        if (!long.TryParse(http.Request.Query["read"], NumberStyles.None, CultureInfo.InvariantCulture, out var read)) return null;
        if (await messages.FreshAsync(access, http.User.PersonId(), read, ct) is not { } fresh) return null;
        if (shown.FindAll(m => m.Seq >= fresh.First && m.Author.Id != http.User.PersonId() && !m.IsDeleted) is not [var first, ..] news) return null;

        var line = await partials.RenderAsync("/Messages/Reading/_Fresh.cshtml", (access.Room.Id, fresh with { Count = fresh.Count - news.Count }), ct);
        return (first, Encoding.UTF8.GetBytes(line));
    }

    // Last-Event-ID wins: a page that reconnects by itself sends its newest position there, and its oldest in the address.
    static Position? After(HttpRequest request) =>
        Position.Parse(request.Headers["Last-Event-ID"]) ?? Position.Parse(request.Query["after"]);

    static bool Wants(HttpRequest request, string mediaType) =>
        request.Headers[HeaderNames.Accept].Any(accept => accept?.Contains(mediaType, StringComparison.OrdinalIgnoreCase) == true);
}
