using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HtmxChat.E2E;

/// <summary>A TCP proxy in front of a server, with the faults that networks and other proxies have.</summary>
public sealed class Proxy : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, Ports.Free());
    readonly CancellationTokenSource ended = new();
    readonly ConcurrentDictionary<Connection, bool> open = new();
    readonly int target;
    readonly Task accepting;
    TaskCompletionSource flowing = new();
    int cuts, swallowed, held;

    /// <param name="port">Where the server listens, on the loopback address.</param>
    public Proxy(int port)
    {
        target = port;
        flowing.SetResult();
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Takes the Upgrade header out of every request, as a proxy does that knows no WebSocket.</summary>
    public bool StripsUpgrade { get; set; }

    /// <summary>Hands an event stream over only when it is complete, as a proxy does that buffers answers.</summary>
    public bool HoldsStreams { get; set; }

    /// <summary>Ends a connection in place of the server's answer, so that nobody learns what came of the request.</summary>
    public bool SwallowsAnswers { get; set; }

    /// <summary>How much later everything comes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether nothing goes through; connections are refused as soon as they are made.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How many connections were cut while they were open.</summary>
    public int Cuts => cuts;

    /// <summary>How many answers were swallowed.</summary>
    public int Swallowed => swallowed;

    /// <summary>How many event streams were held back.</summary>
    public int Held => held;

    /// <summary>Ends all connections and takes no new ones.</summary>
    public void Cut()
    {
        IsCut = true;
        foreach (var connection in open.Keys)
        {
            Interlocked.Increment(ref cuts);
            connection.Client.Close();
        }
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend() => IsCut = false;

    /// <summary>From now on nothing goes through and nobody is told: connections stay open, and are dead.</summary>
    public void Stall() => flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is open now carries nothing any more and nobody is told, as after a laptop's sleep; new connections are as ever.</summary>
    public void Strand()
    {
        foreach (var connection in open.Keys) connection.IsStranded = true;
    }

    /// <summary>Lets everything flow on.</summary>
    public void Flow() => flowing.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        Cut();
        Flow();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    async Task AcceptAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(ended.Token);
            if (IsCut) client.Close();
            else _ = ForwardAsync(client);
        }
    }

    async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        var connection = new Connection(client);
        open[connection] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target, ended.Token);
            await Task.WhenAny(UpAsync(connection, server.GetStream()), DownAsync(connection, server.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // A connection that was cut.
        }
        finally
        {
            open.TryRemove(connection, out _);
            client.Close();
        }
    }

    async Task UpAsync(Connection connection, NetworkStream server)
    {
        await foreach (var bytes in ReadAsync(connection, connection.Client.GetStream())) await server.WriteAsync(StripsUpgrade ? WithoutUpgrade(bytes) : bytes, ended.Token);
    }

    async Task DownAsync(Connection connection, NetworkStream server)
    {
        var client = connection.Client.GetStream();
        var stream = new MemoryStream();
        await foreach (var bytes in ReadAsync(connection, server))
        {
            if (SwallowsAnswers)
            {
                Interlocked.Increment(ref swallowed);
                return;
            }

            if (stream.Length == 0 && !(HoldsStreams && IsStreamHead(bytes))) await client.WriteAsync(bytes, ended.Token);
            else
            {
                if (stream.Length == 0) Interlocked.Increment(ref held);
                stream.Write(bytes.Span);
                if (!IsComplete(stream)) continue;
                await client.WriteAsync(stream.ToArray(), ended.Token);
                stream.SetLength(0);
            }
        }
    }

    async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Connection connection, NetworkStream from)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, ended.Token) is > 0 and var count)
        {
            if (Delay > TimeSpan.Zero) await Task.Delay(Delay, ended.Token);
            await flowing.Task;
            if (connection.IsStranded) await Task.Delay(Timeout.Infinite, ended.Token);
            yield return buffer.AsMemory(0, count);
        }
    }

    sealed class Connection(TcpClient client)
    {
        public TcpClient Client { get; } = client;

        public volatile bool IsStranded;
    }

    // A handshake is one small packet here, so the head of a request is never split.
    static byte[] WithoutUpgrade(ReadOnlyMemory<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes.Span);
        return Encoding.Latin1.GetBytes(text.Replace("Upgrade: websocket\r\n", "", StringComparison.OrdinalIgnoreCase).Replace("Connection: Upgrade\r\n", "", StringComparison.OrdinalIgnoreCase));
    }

    static bool IsStreamHead(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith("HTTP/"u8) && Encoding.Latin1.GetString(bytes.Span).Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    // The last chunk of a chunked answer (RFC 9112, section 7.1).
    static bool IsComplete(MemoryStream stream) => stream.GetBuffer().AsSpan(0, (int)stream.Length).EndsWith("\r\n0\r\n\r\n"u8);
}
