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
