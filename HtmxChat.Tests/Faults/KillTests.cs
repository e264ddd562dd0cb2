using System.Diagnostics;

namespace HtmxChat.Tests.Faults;

public sealed class KillTests
{
    static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_server_that_is_killed_under_load_loses_nothing_doubles_nothing_and_is_soon_back()
    {
        await using var site = await FaultSite.StartAsync();
        var (ledger, times, random) = (new Ledger(), FaultLevel.Times(3, 100), new Random(20261123));
        var viewers = await site.ViewersAsync(5);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var talking = Enumerable.Range(1, 8).Select(i => TalkAsync(new Poster(site.Chat, ledger, $"Person {i}"), enough.Token)).ToList();

        List<string> late = [];
        var kills = 0;
        for (; kills < times; kills++)
        {
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            await Task.Delay(random.Next(0, 800), Ct);
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            await site.Server.KillAsync();

            var since = Stopwatch.GetTimestamp();
            await site.Server.StartAsync();
            if (Stopwatch.GetElapsedTime(since) > ReadyWithin) late.Add($"It was ready only after {Stopwatch.GetElapsedTime(since)}.");
        }
        await enough.CancelAsync();
        await Task.WhenAll(talking);

        var broken = await site.CheckAsync(ledger, viewers, TimeSpan.FromSeconds(10));
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        FaultLevel.Report($"kill -9 under load, {ledger.Acknowledged.Count} messages acknowledged", kills, times, [.. late, .. broken]);
    }

    static async Task TalkAsync(Poster poster, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested) await poster.SayAsync(Ct);
    }
}
