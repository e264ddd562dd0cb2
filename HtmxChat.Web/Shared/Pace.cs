namespace HtmxChat.Web.Shared;

/// <summary>How fast something may be done: so often at once, and then once in each interval.</summary>
/// <param name="Burst">1 or more.</param>
public readonly record struct Pace(int Burst, TimeSpan Interval)
{
    /// <summary>So often in a minute, all of it at once if need be.</summary>
    public static Pace PerMinute(int times) => new(times, TimeSpan.FromMinutes(1) / times);

    /// <summary>So often at once, and then so often in each second.</summary>
    public static Pace PerSecond(int burst, int times) => new(burst, TimeSpan.FromSeconds(1) / times);

    /// <summary>Counts one time, unless it is one too many (the generic cell rate algorithm, ITU-T I.371, annex A).</summary>
    /// <param name="restsAt">All that is remembered: when whoever is counted will be as if they had never come. Zero at first.</param>
    /// <returns>Zero when it was counted; else how long to wait.</returns>
    public TimeSpan Take(ref TimeSpan restsAt, TimeSpan now)
    {
        var from = restsAt > now ? restsAt : now;
        var wait = from + Interval - now - Interval * Burst;
        if (wait > TimeSpan.Zero) return wait;

        restsAt = from + Interval;
        return TimeSpan.Zero;
    }
}
