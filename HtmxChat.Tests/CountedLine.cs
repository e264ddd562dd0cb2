using System.Net;
using System.Net.Sockets;

namespace HtmxChat.Tests;

/// <summary>A way to a server of this machine that counts what comes from there, and that can fall silent.</summary>
sealed class CountedLine : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ended = new();
    readonly int target;
    readonly Task accepting;
    long received;
    volatile bool isSilent;

    public CountedLine(int port)
    {
        target = port;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string ConnectionString => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>How many bytes the server has sent, over all connections.</summary>
    public long Received => Volatile.Read(ref received);

    /// <summary>Nothing more goes through the connections that there are, and nobody is told: as when a cable is cut. New ones work.</summary>
    public void Silence() => isSilent = true;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(ended.Token);
            isSilent = false;
            _ = CarryAsync(client);
        }
    }

    async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, target, ended.Token);
            await Task.WhenAny(CopyAsync(client, server, count: _ => { }), CopyAsync(server, client, count => Interlocked.Add(ref received, count)));
        }
    }

    async Task CopyAsync(TcpClient from, TcpClient to, Action<int> count)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer, ended.Token) is > 0 and var bytes)
        {
            if (isSilent) await Task.Delay(Timeout.Infinite, ended.Token);
            count(bytes);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, bytes), ended.Token);
        }
    }
}
