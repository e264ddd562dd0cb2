using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HtmxChat.E2E;

/// <summary>A TCP proxy in front of a server, that can cut what goes through it, and refuse to upgrade to WebSocket.</summary>
public sealed class Proxy : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ended = new();
    readonly ConcurrentDictionary<TcpClient, bool> open = new();
    readonly int target;
    readonly Task accepting;

    public Proxy(ChatServer server)
    {
        target = server.Port;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Takes the Upgrade header out of every request, as a proxy does that knows no WebSocket.</summary>
    public bool StripsUpgrade { get; set; }

    /// <summary>Whether nothing goes through; connections are refused as soon as they are made.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Ends all connections and takes no new ones.</summary>
    public void Cut()
    {
        IsCut = true;
        foreach (var client in open.Keys) client.Close();
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend() => IsCut = false;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        Cut();
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
        open[client] = open[server] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target, ended.Token);
            await Task.WhenAny(
                CopyAsync(client.GetStream(), server.GetStream(), StripsUpgrade ? WithoutUpgrade : null),
                CopyAsync(server.GetStream(), client.GetStream(), null));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A connection that was cut.
        }
        finally
        {
            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
            client.Close();
        }
    }

    async Task CopyAsync(NetworkStream from, NetworkStream to, Func<byte[], byte[]>? change)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, ended.Token) is > 0 and var count)
        {
            var bytes = buffer[..count];
            await to.WriteAsync(change?.Invoke(bytes) ?? bytes, ended.Token);
        }
    }

    // A handshake is one small packet here, so the head of a request is never split.
    static byte[] WithoutUpgrade(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return Encoding.Latin1.GetBytes(text.Replace("Upgrade: websocket\r\n", "", StringComparison.OrdinalIgnoreCase).Replace("Connection: Upgrade\r\n", "", StringComparison.OrdinalIgnoreCase));
    }
}
