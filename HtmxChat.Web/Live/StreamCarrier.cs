using Microsoft.AspNetCore.Http.Features;

namespace HtmxChat.Web.Live;

/// <summary>Carries a room's log in an HTTP response that stays open: as Server-Sent Events, or as a page that the server does not finish.</summary>
public static class StreamCarrier
{
    /// <summary>After this time a streamed page is ended and loads itself again, so that it does not grow without bound.</summary>
    public static readonly TimeSpan PageLifetime = TimeSpan.FromMinutes(10);

    /// <summary>So long the last write may take when the connection has to end, which has to be within 2 s.</summary>
    public static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(1.5);

    /// <summary>Server-Sent Events (HTML standard, section 9.2).</summary>
    public static Task ServerSentEventsAsync(HttpContext http, LiveConnection connection, RoomLog log, Position? after, long from)
    {
        Open(http, connection, "text/event-stream");
        return UntilEndedAsync(connection, Reader.RunAsync(log, after, from, connection, Carrier.ServerSentEvents, Write(http, connection), connection.Ended));
    }

    /// <summary>Server-Sent Events up to where something has been said, for where something on the way holds back what is not complete.</summary>
    /// <param name="mayWait">Until there is something to say; otherwise the answer comes at once.</param>
    public static Task ServerSentEventsOnceAsync(HttpContext http, LiveConnection connection, RoomLog log, Position? after, long from, bool mayWait)
    {
        Open(http, connection, "text/event-stream");
        return UntilEndedAsync(connection, Reader.RunOnceAsync(log, after, from, mayWait, connection, Carrier.ServerSentEvents, Write(http, connection), connection.Ended));
    }

    /// <summary>A page for browsers without script.</summary>
    /// <param name="opening">The page up to its newest message.</param>
    /// <param name="after">What the opening shows.</param>
    /// <param name="show">What it shows of a batch.</param>
    public static Task PageAsync(HttpContext http, LiveConnection connection, ReadOnlyMemory<byte> opening, RoomLog log, Position after, long from, Func<Batch, ValueTask<Batch>> show)
    {
        Open(http, connection, "text/html; charset=utf-8");
        return UntilEndedAsync(connection, WritePageAsync(http, connection, opening, log, after, from, show));
    }

    static async Task WritePageAsync(HttpContext http, LiveConnection connection, ReadOnlyMemory<byte> opening, RoomLog log, Position after, long from, Func<Batch, ValueTask<Batch>> show)
    {
        // It cannot say whether anybody looks at it.
        connection.View.IsWatchedFor(PageLifetime);
        await connection.Life.WriteAsync(Body(http), opening);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.Ended);
        ended.CancelAfter(PageLifetime);
        await UntilEndedAsync(Reader.RunAsync(log, after, from, connection, Carrier.Html, show, Write(http, connection), ended.Token));

        // A meta refresh counts from the end of loading. When the connection breaks instead, the page around this frame reloads it.
        if (connection.Why != LiveEnding.Gone) await connection.Life.WriteAsync(Body(http), "<meta http-equiv=\"refresh\" content=\"1\">"u8.ToArray());
    }

    static void Open(HttpContext http, LiveConnection connection, string contentType)
    {
        connection.EndWith(http.RequestAborted);
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentEncoding = "identity";
        http.Response.Headers["X-Accel-Buffering"] = "no";
    }

    static async Task UntilEndedAsync(LiveConnection connection, Task writing)
    {
        using var end = connection.Ended.UnsafeRegister(static last => _ = EndSoonAsync(((LiveConnection, Task))last!), (connection, writing));
        await UntilEndedAsync(writing);
    }

    // Who does not read would keep the connection open with what was begun, and then be given the rest of it.
    static async Task EndSoonAsync((LiveConnection Connection, Task Writing) last)
    {
        await last.Writing.WaitAsync(LastWrite).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!last.Writing.IsCompleted) last.Connection.Abort();
    }

    static async Task UntilEndedAsync(Task reading)
    {
        try
        {
            await reading;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The end of every stream: it was cancelled, or nobody reads it any more.
        }
    }

    static Func<ReadOnlyMemory<byte>, ValueTask> Write(HttpContext http, LiveConnection connection) => frame => connection.Life.WriteAsync(Body(http), frame);

    static Func<ReadOnlyMemory<byte>, ValueTask> Body(HttpContext http) => bytes => http.Response.Body.WriteAsync(bytes);
}
