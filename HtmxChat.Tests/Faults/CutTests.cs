namespace HtmxChat.Tests.Faults;

public sealed class CutTests
{
    static readonly TimeSpan BetweenCuts = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Connections_that_are_cut_every_2_seconds_carry_everything_once_and_in_order()
    {
        await using var site = await FaultSite.StartBehindProxyAsync();
        var (ledger, lasting) = (new Ledger(), FaultLevel.Seconds(10, 300));
        var viewers = await site.ViewersAsync(FaultLevel.Times(20, 50));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        over.CancelAfter(lasting);

        // Four who say five a second each.
        var talking = Task.WhenAll(Enumerable.Range(1, 4).Select(i =>
            new Poster(site.Chat, ledger, $"Person {i}").SayAsync((int)lasting.TotalSeconds * 5, TimeSpan.FromMilliseconds(200), Ct)));
        var cuts = await CutAsync(site, over.Token);
        await talking;

        var broken = await site.CheckAsync(ledger, viewers, TimeSpan.FromSeconds(10));
        var connections = viewers.Sum(v => v.Connections);
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        Assert.Equal(ledger.Sent.Count, ledger.Acknowledged.Count);
        Assert.InRange(connections, viewers.Count * (cuts - 1), int.MaxValue);
        FaultLevel.Report($"all connections cut, {viewers.Count} readers, {ledger.Sent.Count} messages", cuts, (int)(lasting / BetweenCuts) - 2, broken);
    }

    static async Task<int> CutAsync(FaultSite site, CancellationToken over)
    {
        using var beat = new PeriodicTimer(BetweenCuts);
        var cuts = 0;
        try
        {
            while (await beat.WaitForNextTickAsync(over))
            {
                site.Proxy.Cut();
                cuts++;
                site.Proxy.Mend();
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
        return cuts;
    }
}
