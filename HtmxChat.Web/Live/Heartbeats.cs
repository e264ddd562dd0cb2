namespace HtmxChat.Web.Live;

/// <summary>
/// Beats all open logs, so that every reader hears the newest number at least once in each <see cref="Interval"/> and a
/// page that hears nothing knows that its connection is dead; and lets go of connections that are dead at the other end.
/// </summary>
public sealed class Heartbeats(RoomLogs logs, LiveConnections connections, TimeProvider time) : BackgroundService
{
    /// <summary>Two of these fit in the 12 s after which a page takes its silent connection for dead.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var log in logs.Open().Values) log.Beat();
            connections.Sweep();
        }
    }
}
