using System.Diagnostics;

namespace HtmxChat.Tests.Faults;

public sealed class ManyReturnTests
{
    static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task All_pages_that_come_back_at_once_after_a_restart_are_right_within_30_seconds()
    {
        await using var site = await FaultSite.StartAsync();
        var (ledger, count) = (new Ledger(), FaultLevel.Times(500, 5_000));
        var poster = new Poster(site.Chat, ledger, "Ann");
        var viewers = new List<Viewer>();
        while (viewers.Count < count) viewers.AddRange(await site.ViewersAsync(100));
        await Task.WhenAll(viewers.Select(v => v.ConnectsAsync(1, Ct))).Soon();
        await poster.SayAsync(Ct);

        await site.Server.KillAsync();
        var since = Stopwatch.GetTimestamp();
        await site.Server.StartAsync();
        for (var i = 0; i < 20; i++) await poster.SayAsync(Ct);

        var broken = await site.CheckAsync(ledger, viewers, Within - Stopwatch.GetElapsedTime(since));
        var took = Stopwatch.GetElapsedTime(since);
        var returned = viewers.Count(v => v.Connections > 1);
        await Task.WhenAll(viewers.Select(v => v.DisposeAsync().AsTask()));
        FaultLevel.Report($"restart with {count} pages, all right after {took.TotalSeconds:F1} s", returned, count, broken);
    }
}
