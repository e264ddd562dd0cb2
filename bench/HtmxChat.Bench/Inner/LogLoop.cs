using System.Text;
using BenchmarkDotNet.Attributes;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Bench.Inner;

/// <summary>An event is offered to a room's log, and every reader who waits there is given it.</summary>
public class LogLoop : IDisposable
{
    const string Epoch = "k3v9q2ma";

    static readonly byte[] Html = Encoding.UTF8.GetBytes(new string('x', 500));

    readonly CancellationTokenSource ending = new();
    RoomLog log = null!;
    volatile TaskCompletionSource allHeard = new();
    int waiting;
    long newest;

    [Params(1, 100, 1_000)]
    public int Readers { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        log = await RoomLog.OpenAsync(new RoomId(1), Epoch, new NoHistory(), new Caches(new ConfigurationManager()), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        for (var i = 0; i < Readers; i++) _ = ReadAsync();
    }

    [Benchmark(Description = "log: offer an event, all readers have it")]
    public Task OfferAsync()
    {
        waiting = Readers;
        allHeard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        log.Offer(new LogEvent(++newest, LogEventKind.Insert, "m-1", Html));
        return allHeard.Task;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        ending.Cancel();
        GC.SuppressFinalize(this);
    }

    async Task ReadAsync()
    {
        using var waiter = new Waiter(ending.Token);
        var after = new Position(Epoch, 0);
        while (!ending.IsCancellationRequested)
        {
            after = (await log.ReadAsync(after, waiter)).Position;
            if (Interlocked.Decrement(ref waiting) == 0) allHeard.SetResult();
        }
    }
}
