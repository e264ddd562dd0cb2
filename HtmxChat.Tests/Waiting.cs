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

    /// <summary>Does something over and over until it has had its effect, for example moves a fake clock.</summary>
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
}
