using System.Diagnostics;
using System.Net.Sockets;
using HtmxChat.Bench.Server;

namespace HtmxChat.Bench.Client;

/// <summary>Clients that each send the next request when the last one was answered, until it is disposed or the server is gone.</summary>
public sealed class ClosedLoop : IAsyncDisposable
{
    readonly IReadOnlyList<IDisposable> clients;
    readonly Task running;
    Latencies latencies = new();
    long answered;
    volatile bool isEnding;

    ClosedLoop(IReadOnlyList<IDisposable> clients, IEnumerable<Func<ValueTask>> requests) =>
        (this.clients, running) = (clients, Task.WhenAll(requests.Select(request => Task.Run(() => RunAsync(request)))));

    /// <summary>Starts it.</summary>
    /// <param name="clients">Are disposed at the end.</param>
    /// <param name="request">Sends a client's next request and waits for its answer.</param>
    public static ClosedLoop Start<T>(IReadOnlyList<T> clients, Func<T, ValueTask> request) where T : class, IDisposable =>
        new(clients, [.. clients.Select(client => (Func<ValueTask>)(() => request(client)))]);

    /// <summary>Watches for a while.</summary>
    public async Task<Window> WatchAsync(ChatServer server, TimeSpan time, CancellationToken ct)
    {
        var counted = new Latencies();
        Volatile.Write(ref latencies, counted);
        var (since, first) = (Stopwatch.GetTimestamp(), Interlocked.Read(ref answered));
        var (clientCpu, serverCpu) = (Environment.CpuUsage.TotalTime, server.CpuTime);
        await Task.WhenAny(running, Task.Delay(time, ct));
        if (running.IsCompleted) await EndedTooSoonAsync();

        Volatile.Write(ref latencies, new Latencies());
        var took = Stopwatch.GetElapsedTime(since);
        return new Window(
            (Interlocked.Read(ref answered) - first) / took.TotalSeconds, counted,
            (Environment.CpuUsage.TotalTime - clientCpu) / took, (server.CpuTime - serverCpu) / took);
    }

    public async ValueTask DisposeAsync()
    {
        isEnding = true;
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in clients) client.Dispose();
    }

    async Task RunAsync(Func<ValueTask> request)
    {
        try
        {
            while (!isEnding)
            {
                var since = Stopwatch.GetTimestamp();
                await request();
                Volatile.Read(ref latencies).AddSince(since);
                Interlocked.Increment(ref answered);
            }
        }
        catch (SocketException)
        {
            // The server was ended; whoever did it counts what was answered before.
        }
        catch
        {
            isEnding = true;
            throw;
        }
    }

    async Task EndedTooSoonAsync()
    {
        await running;
        throw new WrongAnswerException("The server broke off.");
    }
}
