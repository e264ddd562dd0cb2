using System.Buffers;
using System.IO.Pipelines;

namespace HtmxChat.Web.Live;

/// <summary>Answers one text message that a page sent over its WebSocket; the answer goes back over the same one.</summary>
/// <param name="message">UTF-8, at most <see cref="WebSocketCarrier.MaxMessageBytes"/>.</param>
public delegate Task<ReadOnlyMemory<byte>> LiveAnswer(ReadOnlyMemory<byte> message, CancellationToken ct);

#pragma warning disable CA1001 // A semaphore whose wait handle is never asked for holds nothing to dispose of.
/// <summary>
/// Carries a room's log over a WebSocket (RFC 6455), and posts the other way. It writes frames that were made once for
/// all readers straight to the connection's stream.
/// </summary>
public sealed class WebSocketCarrier(Stream stream, LiveConnection connection)
{
    /// <summary>A longer message closes the connection with 1009.</summary>
    public const int MaxMessageBytes = 64 * 1024;

    static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    static readonly StreamPipeReaderOptions HoldNothingWhileIdle = new(useZeroByteReads: true, leaveOpen: true);

    // Answers and batches come from two loops; frames of one must not stand inside the other's.
    readonly SemaphoreSlim turn = new(1);
    readonly PipeReader input = PipeReader.Create(stream, HoldNothingWhileIdle);

    /// <summary>Runs until either side ends the connection. Never throws for a connection that broke.</summary>
    public async Task RunAsync(RoomLog log, Position? after, LiveAnswer answer)
    {
        connection.Heard();
        var receiving = ReceiveAsync(answer);
        var sending = Reader.RunAsync(log, after, Carrier.WebSocket, WriteAsync, connection.Ended.Token);

        await Task.WhenAny(receiving, sending);
        await connection.Ended.CancelAsync();
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync(receiving);
    }

    async ValueTask WriteAsync(ReadOnlyMemory<byte> frame)
    {
        await turn.WaitAsync();
        try
        {
            await connection.WriteAsync(stream, frame);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <returns>What to close with.</returns>
    async Task<WebSocketClose> ReceiveAsync(LiveAnswer answer)
    {
        var message = new ArrayBufferWriter<byte>();
        var isText = false;
        while (await NextFrameAsync() is var (frame, broken))
        {
            if (broken is { } why) return why;

            switch (frame.Opcode)
            {
                case WebSocketOpcode.Close: return WebSocketClose.Normal;
                case WebSocketOpcode.Ping: await WriteAsync(WebSocketFrame.Pong(frame.Payload)); continue;
                case WebSocketOpcode.Pong: continue;
                case WebSocketOpcode.Binary: return WebSocketClose.NotText;
            }

            // A message begins with a text frame and goes on with continuations (RFC 6455, section 5.4).
            if (isText != (frame.Opcode == WebSocketOpcode.Continuation)) return WebSocketClose.ProtocolError;
            if (message.WrittenCount + frame.Payload.Length > MaxMessageBytes) return WebSocketClose.TooBig;

            message.Write(frame.Payload);
            isText = !frame.IsFinal;
            if (isText) continue;

            var reply = await answer(message.WrittenMemory, connection.Ended.Token);
            await WriteAsync(WebSocketFrame.Text(reply.Span));
            message = new ArrayBufferWriter<byte>();
        }
        return WebSocketClose.Normal;
    }

    /// <returns>Null at the end of the stream.</returns>
    async ValueTask<(WebSocketFrame Frame, WebSocketClose? Broken)?> NextFrameAsync()
    {
        while (true)
        {
            // Without a token: what ends the connection wants to close it in order, and the close ends this read.
            var read = await input.ReadAsync(CancellationToken.None);
            var buffer = read.Buffer;
            var isTaken = WebSocketFrame.TryTake(ref buffer, MaxMessageBytes, out var frame, out var broken);
            if (isTaken) input.AdvanceTo(buffer.Start);
            else input.AdvanceTo(buffer.Start, buffer.End);

            connection.Heard();
            if (isTaken || broken is not null) return (frame, broken);
            if (read.IsCompleted || read.IsCanceled) return null;
        }
    }

    async Task CloseAsync(Task<WebSocketClose> receiving)
    {
        var code =
            connection.SignedOut.IsCancellationRequested ? WebSocketClose.SignedOut :
            connection.Stopping.IsCancellationRequested ? WebSocketClose.Restarting :
            receiving.IsCompletedSuccessfully ? receiving.Result :
            WebSocketClose.ServerError;
        using var patience = new CancellationTokenSource(CloseTimeout);
        try
        {
            await turn.WaitAsync(patience.Token);
            await stream.WriteAsync(WebSocketFrame.Close(code), patience.Token);
            await ((Task)receiving).WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DrainAsync(patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It broke, or nobody closes at the other end; either way there is nothing more to say.
        }
        input.CancelPendingRead();
        await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await input.CompleteAsync();
    }

    // Closing on bytes that nobody has read resets the connection, and the other side may then never see the close frame.
    async Task DrainAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await input.ReadAsync(ct);
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }
}
