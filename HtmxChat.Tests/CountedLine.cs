using System.Net;
using System.Net.Sockets;
using System.Text;

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
    (byte[] Words, TaskCompletionSource Heard)? awaited;

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

    /// <summary>Completes when the server next says something that holds these words, whole in what it sends at once.</summary>
    public Task HearsAsync(string words)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited = (Encoding.ASCII.GetBytes(words), heard);
        return heard.Task;
    }

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
            await Task.WhenAny(CopyAsync(client, server, note: _ => { }), CopyAsync(server, client, Hear));
        }
    }

    void Hear(ReadOnlyMemory<byte> said)
    {
        Interlocked.Add(ref received, said.Length);
        if (awaited is var (words, heard) && said.Span.IndexOf(words) >= 0) heard.TrySetResult();
    }

    async Task CopyAsync(TcpClient from, TcpClient to, Action<ReadOnlyMemory<byte>> note)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer, ended.Token) is > 0 and var bytes)
        {
            if (isSilent) await Task.Delay(Timeout.Infinite, ended.Token);
            note(buffer.AsMemory(0, bytes));
            await to.GetStream().WriteAsync(buffer.AsMemory(0, bytes), ended.Token);
        }
    }
}
