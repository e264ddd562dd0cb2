using HtmxChat.E2E;

namespace HtmxChat.Tests.Faults;

public sealed class FrozenNodeTests
{
    static readonly TimeSpan CaughtUpWithin = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_node_that_stood_still_serves_nothing_stale_and_its_readers_lack_nothing()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var site = await FaultSite.StartAsync(new ChatServer("--ConnectionStrings:Redis", redis.ConnectionString), withProxy: false);
        await using var other = await ChatSite.StartBesideAsync(Path.GetDirectoryName(site.Server.Database)!, _ => { }, ("ConnectionStrings:Redis", redis.ConnectionString));
        var elsewhere = new HttpChat(site.Ann.At(other.Address), site.Room, site.Server.Database);
        await elsewhere.LoadFormAsync(Ct);
        var (ledger, times, lasting) = (new Ledger(), FaultLevel.Times(1, 5), FaultLevel.Seconds(7, 30));
        var (poster, viewers) = (new Poster(elsewhere, ledger, "Ben"), await site.ViewersAsync(10));

        List<string> broken = [];
        for (var i = 0; i < times; i++)
        {
            await poster.SayAsync(20, TimeSpan.FromMilliseconds(50), Ct);
            await site.Chat.LoadAsync(Ct);
            await site.Server.SignalAsync("STOP");
            await poster.SayAsync((int)lasting.TotalSeconds * 20, TimeSpan.FromMilliseconds(50), Ct);

            // Already there when the node goes on, and so answered before anything else.
            var waiting = Enumerable.Range(0, 5).Select(_ => site.Chat.LoadAsync(Ct)).ToList();
            var newest = ShownPage.Load(await elsewhere.LoadAsync(Ct)).Position;
            await site.Server.SignalAsync("CONT");
            foreach (var page in await Task.WhenAll(waiting))
            {
                if (ShownPage.Load(page).Position != newest) broken.Add($"A page stood at {ShownPage.Load(page).Position}, and not at {newest}.");
            }
            broken.AddRange(await site.CheckAsync(ledger, viewers, CaughtUpWithin));
        }
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        FaultLevel.Report($"node frozen for {lasting.TotalSeconds} s, {ledger.Acknowledged.Count} messages on the other", times, times, broken);
    }
}
