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
public sealed class LiveEndpoint(RoomDirectory rooms, RoomLogs logs, LiveConnections connections, SessionTickets tickets, LivePost post, MessageList messages, MessageHtml html, PartialRenderer partials)
{
    /// <summary>Answers 401 without a session, 404 without a room that the person may read, 403 to another site's page.</summary>
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
        if (await rooms.FindAsync(id, http.User.PersonId(), http.RequestAborted) is not { } room)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var log = await logs.OpenAsync(room.Id, http.RequestAborted);
        if (isSocket)
        {
            await WebSocketAsync(http, room, log);
            return;
        }

        using var connection = Open(http);
        if (!await IsStillSignedInAsync(http)) await RefuseSignedOutAsync(http);
        else if (Wants(http.Request, "text/event-stream")) await EventsAsync(http, connection, log);
        else await PageAsync(http, connection, room, log);
    }

    static Task RefuseSignedOutAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsync("You have been signed out. Reload the page to sign in.", http.RequestAborted);
    }

    // Counted in first and asked for then: whenever the session ends, one of the two notices.
    LiveConnection Open(HttpContext http) => connections.Open(http.User.Session(), ConnectionTakeover.Of(http) is { } takeover ? takeover.Abort : http.Abort);

    Task<bool> IsStillSignedInAsync(HttpContext http) => tickets.IsOpenAsync(http.User.Session(), http.RequestAborted);

    async Task WebSocketAsync(HttpContext http, Room room, RoomLog log)
    {
        var (connection, isAccepted) = (Open(http), false);
        try
        {
            if (await IsStillSignedInAsync(http)) isAccepted = await WebSocketHandshake.AcceptAsync(http, Talk(connection, room, log, new Author(http.User.PersonId(), http.User.PersonName()), After(http.Request)));
            else await RefuseSignedOutAsync(http);
        }
        finally
        {
            if (!isAccepted) connection.Dispose();
        }
    }

    // The request may be over by then, so nothing of it may be used here.
    Func<WebSocketTransport, Task> Talk(LiveConnection connection, Room room, RoomLog log, Author author, Position? after) => async transport =>
    {
        using (connection)
        {
            await new WebSocketCarrier(transport, connection).RunAsync(log, after, (message, ct) => post.AnswerAsync(room, author, message, ct));
        }
    };

    static Task EventsAsync(HttpContext http, LiveConnection connection, RoomLog log)
    {
        var after = After(http.Request);
        return http.Request.Query.TryGetValue("once", out var once)
            ? StreamCarrier.ServerSentEventsOnceAsync(http, connection, log, after, mayWait: once != "now")
            : StreamCarrier.ServerSentEventsAsync(http, connection, log, after);
    }

    async Task PageAsync(HttpContext http, LiveConnection connection, Room room, RoomLog log)
    {
        // The number first, then the list: what falls between them is shown by both, and the page hides the repeat.
        var position = log.Heartbeat().Position;
        var page = await messages.BeforeAsync(room.Id, before: null, http.RequestAborted);
        var opening = new MemoryStream();
        opening.Write(System.Text.Encoding.UTF8.GetBytes(await partials.RenderAsync("/Messages/_StreamOpening.cshtml", room, http.RequestAborted)));
        foreach (var message in page.Messages.Where(m => m.ChangedSeq <= position.Seq)) opening.Write(await html.RenderAsync(message, http.RequestAborted));
        await StreamCarrier.PageAsync(http, connection, opening.ToArray(), log, position);
    }

    // Last-Event-ID wins: a page that reconnects by itself sends its newest position there, and its oldest in the address.
    static Position? After(HttpRequest request) =>
        Position.Parse(request.Headers["Last-Event-ID"]) ?? Position.Parse(request.Query["after"]);

    static bool Wants(HttpRequest request, string mediaType) =>
        request.Headers[HeaderNames.Accept].Any(accept => accept?.Contains(mediaType, StringComparison.OrdinalIgnoreCase) == true);
}
