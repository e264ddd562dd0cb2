namespace HtmxChat.Tests.Faults;

/// <summary>Somebody with the room's page open: it takes what it is sent, and comes back when its connection has ended, as the page's script does.</summary>
sealed class Viewer(IChat chat) : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly CancellationTokenSource left = new();
    readonly SemaphoreSlim changed = new(0);
    Task watching = Task.CompletedTask;

    /// <summary>What is on the screen. Not to be read while more is coming.</summary>
    public ShownPage Page { get; private set; } = null!;

    /// <summary>How often it was connected.</summary>
    public int Connections { get; private set; }

    /// <summary>So many who arrive at once.</summary>
    public static async Task<List<Viewer>> ArriveAsync(IChat chat, int count)
    {
        var viewers = Enumerable.Range(0, count).Select(_ => new Viewer(chat)).ToList();
        await Task.WhenAll(viewers.Select(v => v.ArriveAsync(Ct)));
        return viewers;
    }

    /// <summary>Waits until everybody has what there is, and gives what was broken.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(IChat chat, Ledger ledger, IReadOnlyCollection<Viewer> viewers, TimeSpan within)
    {
        var fresh = ShownPage.Load(await chat.LoadAsync(Ct));
        List<string> late = [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(within);
        foreach (var viewer in viewers)
        {
            try
            {
                await viewer.ReachesAsync(fresh.Position, limit.Token);
            }
            catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
            {
                late.Add($"A page stood at {viewer.Page.Position} after {within}, and not at {fresh.Position}.");
            }
        }
        return [.. late, .. Checker.Check(ledger, await chat.StoredAsync(Ct), fresh, viewers.Select(v => v.Page))];
    }

    public async Task ArriveAsync(CancellationToken ct)
    {
        Page = ShownPage.Load(await chat.LoadAsync(ct));
        watching = WatchAsync(left.Token);
    }

    /// <summary>Waits until the page has come to a position.</summary>
    public async Task ReachesAsync(string position, CancellationToken ct)
    {
        while (ShownPage.Seq(Page.Position) < ShownPage.Seq(position)) await changed.WaitAsync(ct);
    }

    /// <summary>Waits until it has been connected so often.</summary>
    public async Task ConnectsAsync(int times, CancellationToken ct)
    {
        while (Connections < times) await changed.WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await left.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        left.Dispose();
        changed.Dispose();
    }

    async Task WatchAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var live = await chat.OpenAsync(Page.Position, ct);
                Connections++;
                changed.Release();
                while (await live.NextAsync(ct) is { } frame)
                {
                    Page.Apply(frame);
                    changed.Release();
                }
            }
            catch (IOException)
            {
                // The server is away, or the way there; so it tries again.
            }
            await Task.Delay(Pause, ct);
        }
    }
}
