using System.Diagnostics;
using System.Globalization;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>So much work of the processor for the calling thread, from when it is made. Others who keep the machine busy meanwhile take nothing of it.</summary>
sealed class WorkAllowance(TimeSpan most)
{
    // Where a system does not tell it, time on the clock stands for it.
    const string Scheduler = "/proc/thread-self/schedstat";

    static readonly bool IsTold = File.Exists(Scheduler);

    readonly TimeSpan begun = Worked();
    readonly long begunAt = Stopwatch.GetTimestamp();
    TimeSpan soonest; // by the clock, when it can be used up

    /// <summary>What was used of it.</summary>
    public TimeSpan Spent => Worked() - begun;

    /// <summary>Whether it is used up.</summary>
    public bool IsSpent
    {
        get
        {
            // Nobody works for longer than the clock goes, and that costs nothing to read.
            var elapsed = Stopwatch.GetElapsedTime(begunAt);
            if (elapsed < soonest || elapsed < most) return false;

            var left = most - Spent;
            soonest = elapsed + left;
            return left <= TimeSpan.Zero;
        }
    }

    /// <summary>What the processor has worked for the calling thread since some time.</summary>
    public static TimeSpan Worked() => IsTold
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Scheduler).Split(' ')[0], CultureInfo.InvariantCulture) / 1_000)
        : Stopwatch.GetElapsedTime(0);
}
