namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>The one place that waits: asks again and again until the answer is yes or the time is up.</summary>
static class Wait
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns once <paramref name="holds"/> answers yes.</summary>
    /// <exception cref="TimeoutException">It did not in time; says <paramref name="failure"/>.</exception>
    public static async Task UntilAsync(
        Func<CancellationToken, Task<bool>> holds, TimeSpan atMost, Func<string> failure, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(atMost);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (!await holds(deadline.Token))
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException($"Not within {atMost.TotalSeconds:0} s: {failure()}");
        }
    }
}
