using System.Buffers;
using System.Net.WebSockets;

namespace HtmxChat.Web.Live;

/// <summary>Answers one text message that a page sent over its WebSocket; the answer goes back over the same one.</summary>
/// <param name="message">UTF-8, at most <see cref="WebSocketCarrier.MaxMessageBytes"/>.</param>
public delegate Task<ReadOnlyMemory<byte>> LiveAnswer(ReadOnlyMemory<byte> message, CancellationToken ct);

#pragma warning disable CA1001 // A semaphore whose wait handle is never asked for holds nothing to dispose of.
/// <summary>Carries a room's log over a WebSocket (RFC 6455), and posts the other way.</summary>
public sealed class WebSocketCarrier(WebSocket socket, LiveEnds ends)
{
    /// <summary>A longer message closes the connection with 1009 (RFC 6455, section 7.4.1).</summary>
    public const int MaxMessageBytes = 64 * 1024;

    /// <summary>1012, service restart: the page should come back (IANA WebSocket close code registry).</summary>
    public const WebSocketCloseStatus Restarting = (WebSocketCloseStatus)1012;

    /// <summary>4001: the session has ended and the page may not come back.</summary>
    public const WebSocketCloseStatus SignedOut = (WebSocketCloseStatus)4001;

    static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    // Answers and batches come from two loops; a WebSocket takes one message at a time.
    readonly SemaphoreSlim turn = new(1);

    /// <summary>Runs until either side ends the connection. Never throws for a connection that broke.</summary>
    public async Task RunAsync(RoomLog log, Position? after, LiveAnswer answer)
    {
        using var ended = ends.Any();
        var receiving = ReceiveAsync(answer, ended.Token);
        var sending = Reader.RunAsync(log, after, Carrier.WebSocket, SendAsync, ended.Token);

        await Task.WhenAny(receiving, sending);
        await ended.CancelAsync();
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync(receiving);
    }

    async Task SendAsync(ReadOnlyMemory<byte> text)
    {
        using var timeout = new CancellationTokenSource(Reader.WriteTimeout);
        await turn.WaitAsync(timeout.Token);
        try
        {
            await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, timeout.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <returns>The status to close with; null when the other side has closed.</returns>
    async Task<WebSocketCloseStatus?> ReceiveAsync(LiveAnswer answer, CancellationToken ended)
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            // Without a token: cancelling a receive would abort the connection before it could be closed in order.
            // The buffer is asked for only once there is something to read, so that an idle connection holds none.
            var received = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (received.MessageType != WebSocketMessageType.Close && !received.EndOfMessage)
                received = await socket.ReceiveAsync(message.GetMemory(4096), CancellationToken.None);

            if (received.MessageType == WebSocketMessageType.Close) return null;
            if (received.MessageType != WebSocketMessageType.Text) return WebSocketCloseStatus.InvalidMessageType;

            message.Advance(received.Count);
            if (message.WrittenCount > MaxMessageBytes) return WebSocketCloseStatus.MessageTooBig;
            if (!received.EndOfMessage) continue;

            await SendAsync(await answer(message.WrittenMemory, ended));
            message = new ArrayBufferWriter<byte>();
        }
    }

    async Task CloseAsync(Task<WebSocketCloseStatus?> receiving)
    {
        var status =
            ends.SignedOut.IsCancellationRequested ? SignedOut :
            ends.Stopping.IsCancellationRequested ? Restarting :
            receiving.IsCompletedSuccessfully ? receiving.Result ?? WebSocketCloseStatus.NormalClosure :
            WebSocketCloseStatus.InternalServerError;
        try
        {
            using var timeout = new CancellationTokenSource(CloseTimeout);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(status, null, timeout.Token);
            await receiving.WaitAsync(timeout.Token);

            // Whoever is still sending must be read to the end: closing on unread bytes resets the connection, and the status is lost with it.
            while (socket.State == WebSocketState.CloseSent) await socket.ReceiveAsync(new byte[4096].AsMemory(), timeout.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }
        await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
