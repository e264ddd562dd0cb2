using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Net.Http.Headers;

namespace HtmxChat.Web.Messages;

/// <summary>
/// The one address of a room's log, <c>/rooms/{id}/live?after=position</c>: an Upgrade is answered by a WebSocket,
/// <c>Accept: text/event-stream</c> by Server-Sent Events, and anything else by a page that does not end.
/// </summary>
public sealed class LiveEndpoint(RoomDirectory rooms, RoomLogs logs, LiveConnections connections, WatchedPages watched, Unread unread, SessionTickets tickets, LivePost post, MessageList messages, MessageHtml html, PartialRenderer partials, Limits limits, TimeProvider time)
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
        else await PageAsync(http, connection, access, log);
        if (connection.View.IsWatched) unread.HasRead(connection);
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
        var position = log.Heartbeat().Position;
        var page = await messages.BeforeAsync(access.Room.Id, before: null, access.FromSeq, http.RequestAborted);
        var opening = new MemoryStream();
        opening.Write(System.Text.Encoding.UTF8.GetBytes(await partials.RenderAsync("/Messages/_StreamOpening.cshtml", access.Room, http.RequestAborted)));
        foreach (var message in page.Messages.Where(m => m.ChangedSeq <= position.Seq)) opening.Write(await html.RenderAsync(message, http.RequestAborted));
        await StreamCarrier.PageAsync(http, connection, opening.ToArray(), log, position, access.FromSeq);
    }

    // Last-Event-ID wins: a page that reconnects by itself sends its newest position there, and its oldest in the address.
    static Position? After(HttpRequest request) =>
        Position.Parse(request.Headers["Last-Event-ID"]) ?? Position.Parse(request.Query["after"]);

    static bool Wants(HttpRequest request, string mediaType) =>
        request.Headers[HeaderNames.Accept].Any(accept => accept?.Contains(mediaType, StringComparison.OrdinalIgnoreCase) == true);
}
