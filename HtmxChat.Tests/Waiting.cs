using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests;

/// <summary>Waiting for what must happen. Nothing here sleeps: the limit is reached only when the test has failed.</summary>
static class Waiting
{
    /// <summary>Long enough for a machine that is busy with something else.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task Soon(this Task task) => task.WaitAsync(Longest, Ct);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Longest, Ct);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().Soon();

    /// <summary>Moves a fake clock on, step by step, until something has happened.</summary>
    /// <remarks>
    /// Whoever asks such a clock for the time rings for everything that is due, and one thread does it for all: before a clock that ran on meanwhile it would ring for ever.
    /// So each step waits for the one before.
    /// </remarks>
    public static async Task Until(Task done, FakeTimeProvider time, TimeSpan step)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Longest);
        while (!done.IsCompleted)
        {
            time.Advance(step);
            await RungAsync(time).WaitAsync(limit.Token);
        }
        await done;
    }

    /// <summary>Does something over and over until it has had its effect.</summary>
    public static async Task Until(Task done, Action push)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Longest);
        while (!done.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            push();
            await Task.Yield();
        }
        await done;
    }

    // Comes a tick after all that was due.
    static async Task RungAsync(FakeTimeProvider time)
    {
        var rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tick = TimeSpan.FromTicks(1);
        await using var timer = time.CreateTimer(_ => rung.TrySetResult(), null, tick, Timeout.InfiniteTimeSpan);
        time.Advance(tick);
        await rung.Task;
    }
}
