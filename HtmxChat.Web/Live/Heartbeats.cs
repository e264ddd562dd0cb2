namespace HtmxChat.Web.Live;

/// <summary>
/// Beats all open logs, so that every reader hears something at least once in three <see cref="Interval"/>s and a page
/// that hears nothing knows that its connection is dead; and lets go of connections that are dead at the other end.
/// </summary>
public sealed class Heartbeats(RoomLogs logs, LiveConnections connections, TimeProvider time, ILogger<Heartbeats> logger) : BackgroundService
{
    /// <summary>In a quiet room every second one is heard, and so two in the 12 s after which a page takes its silent connection for dead.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2.5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                logs.Beat();
                connections.Sweep();
            }
            catch (Exception e)
            {
                logger.LogError(e, "A heartbeat failed; the next one comes in {Interval}", Interval);
            }
        }
    }
}
