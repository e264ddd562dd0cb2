namespace HtmxChat.Tests.Faults;

/// <summary>Somebody who writes, and sends again with the same key what was not acknowledged.</summary>
sealed class Poster(IChat chat, Ledger ledger, string name)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    int count;

    /// <summary>How often something had to be sent again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Sends one message until it is acknowledged.</summary>
    public async Task SayAsync(CancellationToken ct)
    {
        var (key, text) = (Guid.NewGuid().ToString("N"), $"{name} {++count}");
        ledger.Sends(key, text);
        while (!await TryAsync(key, text, ct))
        {
            Repeats++;
            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>Sends evenly, in turn.</summary>
    public async Task SayAsync(int messages, TimeSpan every, CancellationToken ct)
    {
        using var beat = new PeriodicTimer(every);
        for (var i = 0; i < messages; i++)
        {
            await SayAsync(ct);
            await beat.WaitForNextTickAsync(ct);
        }
    }

    /// <summary>Sends once and does not wait for longer than a page does.</summary>
    async Task<bool> TryAsync(string key, string text, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            ledger.IsAcknowledged(key, await chat.PostAsync(key, text, patience.Token));
            return true;
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
