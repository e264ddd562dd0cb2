namespace HtmxChat.Tests.Faults;

/// <summary>Four people who say five messages a second each, until they are to end; when that is not waited for, in the middle of a word.</summary>
sealed class Talk : IDisposable
{
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    readonly CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
    readonly CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(Ct);
    readonly Task talking;

    public Talk(IChat chat, Ledger ledger) =>
        talking = Task.WhenAll(Enumerable.Range(1, 4).Select(i => SayAsync(new Poster(chat, ledger, $"Person {i}"))));

    /// <summary>Has everybody finish what they are saying.</summary>
    public async Task EndAsync()
    {
        await enough.CancelAsync();
        await talking;
    }

    public void Dispose()
    {
        enough.Cancel();
        gone.Cancel();
        enough.Dispose();
        gone.Dispose();
    }

    async Task SayAsync(Poster poster)
    {
        var (isEnough, isGone) = (enough.Token, gone.Token);
        using var beat = new PeriodicTimer(Beat);
        while (!isEnough.IsCancellationRequested)
        {
            await poster.SayAsync(isGone);
            await beat.WaitForNextTickAsync(isGone);
        }
    }
}
