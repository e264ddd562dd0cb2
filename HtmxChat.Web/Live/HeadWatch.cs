using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>
/// Asks the database for the newest numbers of all open rooms, in one query, so that an event whose offer was lost
/// still reaches its readers within about <see cref="Interval"/>.
/// </summary>
public sealed class HeadWatch(RoomLogs logs, IRoomHistory history, TimeProvider time, ILogger<HeadWatch> logger) : RegularWork(Interval, time, logger)
{
    /// <summary>The time between two questions.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.5);

    protected override string Failure => "The newest event numbers could not be read";

    public override async Task LookAsync(CancellationToken ct)
    {
        var open = logs.Open();
        if (open.Count == 0) return;

        var asked = Time.GetTimestamp();
        var heads = await history.HeadsAsync([.. open.Keys], ct);

        // An answer from before this process stood still is no answer.
        if (Time.GetElapsedTime(asked) > RoomLogs.MaxPause) return;

        foreach (var (room, head) in heads) open[room].HeadIs(head);
    }
}
