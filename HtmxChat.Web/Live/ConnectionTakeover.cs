using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HtmxChat.Web.Live;

/// <summary>
/// Lets an endpoint take its connection over from HTTP, as Go's Hijacker does: the request ends, everything that HTTP
/// holds for it is let go of, and what was asked for goes on with the bare connection.
/// </summary>
public sealed class ConnectionTakeover : IDuplexPipe, IConnectionHeartbeatFeature
{
    readonly ConnectionContext connection;
    readonly Socket socket;
    readonly IDuplexPipe original;
    readonly SwitchedReader input;
    readonly SwitchedWriter output;
    List<(Action<object> Action, object State)>? ticks = [];
    MemoryStream? answer;
    Func<WebSocketTransport, Task>? run;

    ConnectionTakeover(ConnectionContext connection, Socket socket)
    {
        (this.connection, this.socket, original) = (connection, socket, connection.Transport);
        (input, output) = (new SwitchedReader(original.Input), new SwitchedWriter(original.Output));
    }

    PipeReader IDuplexPipe.Input => input;

    PipeWriter IDuplexPipe.Output => output;

    /// <summary>Makes it possible on all addresses of the server.</summary>
    public static void Allow(KestrelServerOptions kestrel) =>
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(http => connection => ServeAsync(connection, http)));

    /// <summary>The takeover of a request's connection; null where it is not the request's alone (HTTP/2) or not bare (TLS).</summary>
    public static ConnectionTakeover? Of(HttpContext http) =>
        HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<ITlsHandshakeFeature>() is null ? http.Features.Get<ConnectionTakeover>() : null;

    /// <summary>Breaks the connection off.</summary>
    public void Abort() => connection.Abort();

    /// <summary>
    /// From now on what HTTP says is kept. When the request has ended that is sent, and the rest is run with the
    /// connection, which is closed when it returns.
    /// </summary>
    public void Take(Func<WebSocketTransport, Task> rest)
    {
        (answer, run) = (new MemoryStream(), rest);
        input.Inner = PipeReader.Create(ReadOnlySequence<byte>.Empty);
        output.Inner = PipeWriter.Create(answer, new StreamPipeWriterOptions(leaveOpen: true));
    }

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state) => ticks?.Add((action, state));

    static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        if (connection.Features.Get<IConnectionSocketFeature>() is not { } bare)
        {
            await http(connection);
            return;
        }

        var takeover = new ConnectionTakeover(connection, bare.Socket);
        takeover.StandBetween();
        await http(connection);
        await takeover.GoOnAsync();
    }

    // Kestrel's heartbeat would hold on to all of HTTP for as long as the connection lives.
    void StandBetween()
    {
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static takeover => ((ConnectionTakeover)takeover).Tick(), this);
        connection.Features.Set<IConnectionHeartbeatFeature>(this);
        connection.Features.Set(this);
        connection.Transport = this;
    }

    void Tick()
    {
        foreach (var (action, state) in ticks ?? []) action(state);
    }

    Task GoOnAsync()
    {
        connection.Transport = original;
        ticks = null;
        if (run is not { } rest) return Task.CompletedTask;

        // Nothing of what went before may stay: this object lives as long as the connection.
        var begun = answer!.ToArray();
        (answer, run) = (null, null);
        return SendAndRunAsync(begun, rest);
    }

    async Task SendAndRunAsync(byte[] begun, Func<WebSocketTransport, Task> rest)
    {
        try
        {
            DirectSocket.LimitUnsent(socket);
            await DirectSocket.WriteAsync(socket, begun);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Gone already, as the rest will find and see to.
        }
        await rest(new WebSocketTransport(original.Input, WriteAsync));
    }

    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => DirectSocket.WriteAsync(socket, bytes);

    sealed class SwitchedReader(PipeReader inner) : PipeReader
    {
        public PipeReader Inner { get; set; } = inner;

        public override bool TryRead(out ReadResult result) => Inner.TryRead(out result);

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Inner.ReadAsync(cancellationToken);

        public override void AdvanceTo(SequencePosition consumed) => Inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => Inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => Inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => Inner.Complete(exception);
    }

    sealed class SwitchedWriter(PipeWriter inner) : PipeWriter
    {
        public PipeWriter Inner { get; set; } = inner;

        public override bool CanGetUnflushedBytes => Inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => Inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => Inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => Inner.GetSpan(sizeHint);

        public override void Advance(int bytes) => Inner.Advance(bytes);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => Inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => Inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => Inner.Complete(exception);
    }
}
