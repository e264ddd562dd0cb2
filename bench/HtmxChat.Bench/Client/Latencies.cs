using System.Diagnostics;

namespace HtmxChat.Bench.Client;

/// <summary>How long things took, counted in steps of 10 us up to 10 s. Safe for any number of threads.</summary>
public sealed class Latencies
{
    const int StepsPerMs = 100;
    const int Steps = 10_000 * StepsPerMs;

    readonly int[] counts = new int[Steps];

    /// <summary>How many there are.</summary>
    public long Count => counts.Sum(c => (long)c);

    /// <param name="since">A <see cref="Stopwatch"/>'s time stamp.</param>
    public void AddSince(long since)
    {
        var step = (int)(Stopwatch.GetElapsedTime(since).TotalMilliseconds * StepsPerMs);
        Interlocked.Increment(ref counts[Math.Clamp(step, 0, Steps - 1)]);
    }

    /// <summary>What a share of them stayed below, in ms.</summary>
    /// <param name="share">0.99 for the 99th percentile.</param>
    public double Ms(double share)
    {
        var (left, step) = (Count * share, 0);
        while (step < Steps - 1 && (left -= counts[step]) > 0) step++;
        return (double)(step + 1) / StepsPerMs;
    }
}
