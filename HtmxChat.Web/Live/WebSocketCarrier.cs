using System.Buffers;
using System.IO.Pipelines;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>Answers one text message that a page sent over its WebSocket; the answer goes back over the same one, unless it is empty.</summary>
/// <param name="message">UTF-8, at most <see cref="WebSocketCarrier.MaxMessageBytes"/>.</param>
public delegate Task<ReadOnlyMemory<byte>> LiveAnswer(ReadOnlyMemory<byte> message, CancellationToken ct);

#pragma warning disable CA1001 // A semaphore whose wait handle is never asked for holds nothing to dispose of.
/// <summary>
/// Carries a room's log over a WebSocket (RFC 6455), and posts the other way. It writes frames that were made once for
/// all readers as they are.
/// </summary>
/// <param name="pace">Of the frames that the page sends; faster ones wait on its own side.</param>
public sealed class WebSocketCarrier(WebSocketTransport transport, LiveConnection connection, Pace pace, TimeProvider time)
{
    /// <summary>A longer message closes the connection with 1009.</summary>
    public const int MaxMessageBytes = 64 * 1024;

    // A connection that has to end is closed within 2 s, also where nobody reads.
    static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1.5);

    // Answers and batches come from two loops; frames of one must not stand inside the other's.
    readonly SemaphoreSlim turn = new(1);
    readonly long began = time.GetTimestamp();
    TimeSpan restsAt;

    /// <summary>Runs until either side ends the connection. Does not throw for a connection that broke.</summary>
    /// <param name="from">The first message that the reader may see; 0 when it may see all.</param>
    public async Task RunAsync(RoomLog log, Position? after, long from, LiveAnswer answer)
    {
        connection.Life.Heard();
        using var ending = connection.Ended.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), transport.Input);
        var sending = SendAsync(log, after, from);
        var receiving = ReceiveAsync(answer);

        // Whichever ends first ends the other.
        await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.End(receiving.IsCompletedSuccessfully ? LiveEnding.Gone : LiveEnding.Failed);
        await CloseAsync(receiving.IsCompletedSuccessfully ? receiving.Result : WebSocketClose.ServerError);
        await sending;
        await receiving;
    }

    async Task SendAsync(RoomLog log, Position? after, long from)
    {
        try
        {
            await Reader.RunAsync(log, after, from, connection, Carrier.WebSocket, frames => WriteAsync(frames, connection.Ended), connection.Ended);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            connection.End(LiveEnding.Gone);
        }
        finally
        {
            connection.End(LiveEnding.Failed);
        }
    }

    /// <param name="ct">Gives up waiting for its turn: the close frame takes the last one and does not give it back.</param>
    async ValueTask WriteAsync(ReadOnlyMemory<byte> frames, CancellationToken ct = default)
    {
        await turn.WaitAsync(ct);
        try
        {
            await connection.Life.WriteAsync(transport.WriteAsync, connection.Life.TakeQuestion() ? (byte[])[.. frames.Span, .. WebSocketFrame.Ping()] : frames);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <returns>What to close with.</returns>
    async Task<WebSocketClose> ReceiveAsync(LiveAnswer answer)
    {
        try
        {
            ArrayBufferWriter<byte>? message = null;
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
                if (message is null != (frame.Opcode == WebSocketOpcode.Text)) return WebSocketClose.ProtocolError;
                message ??= new ArrayBufferWriter<byte>(Math.Max(1, frame.Payload.Length));
                if (message.WrittenCount + frame.Payload.Length > MaxMessageBytes) return WebSocketClose.TooBig;

                message.Write(frame.Payload);
                if (!frame.IsFinal) continue;

                var reply = await answer(message.WrittenMemory, connection.Ended);
                if (!reply.IsEmpty) await WriteAsync(WebSocketFrame.Text(reply.Span));
                message = null;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody is there any more.
        }
        return WebSocketClose.Normal;
    }

    /// <returns>Null at the end: of the stream, or of the connection.</returns>
    async ValueTask<(WebSocketFrame Frame, WebSocketClose? Broken)?> NextFrameAsync()
    {
        // The end cancels one read. Where that one brought a frame as well, there is no other.
        while (!connection.Ended.IsCancellationRequested)
        {
            var read = await transport.Input.ReadAsync(CancellationToken.None);
            var buffer = read.Buffer;
            var isTaken = WebSocketFrame.TryTake(ref buffer, MaxMessageBytes, out var frame, out var broken);
            if (isTaken) transport.Input.AdvanceTo(buffer.Start);
            else transport.Input.AdvanceTo(buffer.Start, buffer.End);

            connection.Life.Heard();
            if (isTaken) await KeepPaceAsync();
            if (isTaken || broken is not null) return (frame, broken);
            if (read.IsCompleted) return null;
        }
        return null;
    }

    // Nothing is lost and nothing piles up here: what has not been read waits in the page's own browser.
    async ValueTask KeepPaceAsync()
    {
        while (pace.Take(ref restsAt, time.GetElapsedTime(began)) is { Ticks: > 0 } wait) await Task.Delay(wait, time, connection.Ended);
    }

    async Task CloseAsync(WebSocketClose heard)
    {
        var code = connection.Why switch
        {
            LiveEnding.SignedOut or LiveEnding.Removed => WebSocketClose.NotAllowed,
            LiveEnding.Stopping or LiveEnding.Renewed => WebSocketClose.Restarting,
            LiveEnding.Failed => WebSocketClose.ServerError,
            _ => heard,
        };
        using var patience = new CancellationTokenSource(CloseTimeout);
        try
        {
            await turn.WaitAsync(patience.Token);
            await transport.WriteAsync(WebSocketFrame.Close(code)).AsTask().WaitAsync(patience.Token);
            await DrainAsync(patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It broke, or nobody closes at the other end; either way there is nothing more to say.
            connection.Abort();
        }
        await transport.Input.CompleteAsync();
    }

    // Closing on bytes that nobody has read resets the connection, and the other side may then never see the close frame.
    async Task DrainAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await transport.Input.ReadAsync(ct);
            transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }
}
