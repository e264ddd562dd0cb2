using System.Collections.Concurrent;
using HtmxChat.Web.Live;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>Remembers which sessions are used, and writes it down once in a while: not a write for each request. Deletes those that have run out.</summary>
public sealed class SessionUse(LiveConnections live, GroupCommit writes, TimeProvider time, ILogger<SessionUse> logger) : BackgroundService
{
    /// <summary>The time between two writes, and how exact the noted time is.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    const int MaxWrittenAtOnce = 500;

    const int MinutesBetweenSweeps = 60;

    readonly ConcurrentDictionary<long, bool> used = new();

    /// <summary>Notes that a session has just been used.</summary>
    public void Note(long session) => used.TryAdd(session, true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var minute = 1L; await timer.WaitForNextTickAsync(stoppingToken); minute++)
        {
            await WriteAsync();
            if (minute % MinutesBetweenSweeps == 0) await SweepAsync();
        }
    }

    // Nobody can come in by them any more. All rows are looked at, so not every minute.
    async Task SweepAsync()
    {
        try
        {
            await writes.WriteAsync(sql => sql.Execute("delete from sessions where expires_at_ms < @now", ("@now", time.GetUtcNow().ToUnixTimeMilliseconds())), CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Sessions that have run out could not be deleted; trying again in {Minutes} minutes", MinutesBetweenSweeps);
        }
    }

    // An open page is in use, also where nothing is asked for.
    async Task WriteAsync()
    {
        foreach (var session in live.Sessions().Keys) Note(long.Parse(session, System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            foreach (var sessions in used.Keys.Chunk(MaxWrittenAtOnce))
            {
                foreach (var session in sessions) used.TryRemove(session, out _);

                // They are numbers of ours, so they can stand in the text.
                await writes.WriteAsync(sql => sql.Execute(
                    $"update sessions set last_used_at_ms = @now where id in ({string.Join(',', sessions)})",
                    ("@now", time.GetUtcNow().ToUnixTimeMilliseconds())), CancellationToken.None);
            }
        }
        catch (Exception e)
        {
            // Those that go on are noted again.
            logger.LogWarning(e, "When sessions were last used could not be written down");
        }
    }
}
