namespace HtmxChat.Web.Live;

/// <summary>
/// Asks the database for the newest numbers of all open rooms, in one query, so that an event whose offer was lost
/// still reaches its readers within about <see cref="Interval"/>.
/// </summary>
public sealed class HeadWatch(RoomLogs logs, IRoomHistory history, TimeProvider time, ILogger<HeadWatch> logger) : BackgroundService
{
    /// <summary>The time between two questions.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "The newest event numbers could not be read; trying again in {Interval}", Interval);
            }
        }
    }

    async Task LookAsync(CancellationToken ct)
    {
        var open = logs.Open();
        if (open.Count == 0) return;

        var asked = time.GetTimestamp();
        var heads = await history.HeadsAsync([.. open.Keys], ct);

        // An answer from before this process stood still is no answer.
        if (time.GetElapsedTime(asked) > RoomLogs.MaxPause) return;

        foreach (var (room, head) in heads) open[room].HeadIs(head);
    }
}
