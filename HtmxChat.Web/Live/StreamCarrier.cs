using Microsoft.AspNetCore.Http.Features;

namespace HtmxChat.Web.Live;

/// <summary>Carries a room's log in an HTTP response that stays open: as Server-Sent Events, or as a page that the server does not finish.</summary>
public static class StreamCarrier
{
    /// <summary>After this time a streamed page is ended and loads itself again, so that it does not grow without bound.</summary>
    public static readonly TimeSpan PageLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Server-Sent Events (HTML standard, section 9.2).</summary>
    public static Task ServerSentEventsAsync(HttpContext http, RoomLog log, Position? after, LiveEnds ends) =>
        RunAsync(http, "text/event-stream", log, after, Carrier.ServerSentEvents, ends);

    /// <summary>A page for browsers without script.</summary>
    /// <param name="opening">The page up to its newest message.</param>
    /// <param name="after">What the opening shows.</param>
    public static async Task PageAsync(HttpContext http, ReadOnlyMemory<byte> opening, RoomLog log, Position after, LiveEnds ends)
    {
        Open(http, "text/html; charset=utf-8");
        await WriteAsync(http, opening);

        using var lifetime = new CancellationTokenSource(PageLifetime);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ends.Stopping, lifetime.Token);
        await RunAsync(http, "text/html; charset=utf-8", log, after, Carrier.Html, ends with { Stopping = stopping.Token });

        // A meta refresh counts from the end of loading. When the connection breaks instead, the page around this frame reloads it.
        if (!ends.Gone.IsCancellationRequested) await WriteAsync(http, "<meta http-equiv=\"refresh\" content=\"1\">"u8.ToArray());
    }

    static async Task RunAsync(HttpContext http, string contentType, RoomLog log, Position? after, Carrier carrier, LiveEnds ends)
    {
        Open(http, contentType);
        using var ended = ends.Any();
        try
        {
            await Reader.RunAsync(log, after, carrier, frame => WriteAsync(http, frame), ended.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The end of every stream: it was cancelled, or nobody reads it any more.
        }
    }

    static void Open(HttpContext http, string contentType)
    {
        if (http.Response.HasStarted) return;

        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentEncoding = "identity";
        http.Response.Headers["X-Accel-Buffering"] = "no";
    }

    static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> frame)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        timeout.CancelAfter(Reader.WriteTimeout);
        await http.Response.Body.WriteAsync(frame, timeout.Token);
        await http.Response.Body.FlushAsync(timeout.Token);
    }
}
