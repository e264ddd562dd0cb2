using HtmxChat.Tests.Servers;

namespace HtmxChat.Tests.Faults;

/// <summary>Redis is a hint: whatever becomes of it, posts succeed as fast as ever, and messages arrive on the other node.</summary>
public sealed class RedisTests(NodeSite site) : IClassFixture<NodeSite>
{
    static readonly TimeSpan Meanwhile = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Back = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Undisturbed = FaultLevel.Seconds(2, 5);

    // Found by the head watch alone, half of them would need longer than 0.75 s.
    static readonly TimeSpan ByRedis = TimeSpan.FromSeconds(0.3);

    [Fact]
    public Task Stopped() => BreakAsync("Redis stopped", redis => redis.StopAsync(), redis => redis.StartAsync(), isAway: true);

    [Fact]
    public Task Frozen() => BreakAsync("Redis frozen", redis => redis.FreezeAsync(), redis => redis.ThawAsync(), isAway: true);

    [Fact]
    public Task Emptied() => BreakAsync("Redis flushed", redis => redis.SayAsync("FLUSHALL"));

    [Fact]
    public Task Subscribers_cut() => BreakAsync("Redis' subscribers cut", async redis => Assert.NotEqual("0", await redis.SayAsync("CLIENT", "KILL", "TYPE", "pubsub")));

    [Fact]
    public Task Restarted() => BreakAsync("Redis restarted", async redis =>
    {
        await redis.StopAsync();
        await redis.StartAsync();
    });

    [Fact]
    public async Task A_node_starts_without_Redis_and_finds_it_when_it_comes()
    {
        await site.Redis.StopAsync();
        await site.Second.StopAsync();
        await site.Second.StartAsync();
        await site.Second.SaysAsync("Redis is away", times: 1, Ct).Soon();
        await using var nodes = await Crossing.StartAsync(site, readers: 1);
        var (_, without) = await nodes.PostAsync(Undisturbed);
        Assert.All(without, late => Assert.True(late < Meanwhile, $"{late}"));
        Assert.Equal((1, 0), (Said(site.Second.Log, "Redis is away"), Said(site.Second.Log, "Redis is back")));

        await site.Redis.StartAsync();
        await site.Second.SaysAsync("Redis is back", times: 1, Ct).Soon();

        var (_, with) = await nodes.PostAsync(Undisturbed);
        Assert.True(Median(with) < ByRedis, $"{Median(with)}");
    }

    async Task BreakAsync(string fault, Func<RedisServer, Task> breaks, Func<RedisServer, Task>? mend = null, bool isAway = false)
    {
        await using var nodes = await Crossing.StartAsync(site, FaultLevel.Times(5, 50));
        var (saidBefore, before) = (site.First.Log.Count, await nodes.PostAsync(Undisturbed));

        await breaks(site.Redis);
        var during = await nodes.PostAsync(FaultLevel.Seconds(6, 60));
        if (mend is not null) await mend(site.Redis);
        await Task.Delay(Noticed, Ct);
        var after = await nodes.PostAsync(Undisturbed);

        List<string> broken = [.. await nodes.CheckAsync()];
        if (during.Took.Max() > TimeSpan.FromSeconds(1)) broken.Add($"A post took {during.Took.Max()}.");
        if (Median(during.Took) > Median(before.Took) + TimeSpan.FromMilliseconds(20)) broken.Add($"Posts took {Median(during.Took)} instead of {Median(before.Took)}.");
        if (during.Arrived.Max() > Meanwhile) broken.Add($"A message needed {during.Arrived.Max()} meanwhile.");
        if (after.Arrived.Max() > Back || Median(after.Arrived) > ByRedis) broken.Add($"Afterwards messages needed up to {after.Arrived.Max()}, half of them {Median(after.Arrived)}.");

        // Once each, and not with every message; a short cut may be over before the node has looked.
        var log = site.First.Log.Skip(saidBefore).ToList();
        var (away, back) = (Said(log, "Redis is away"), Said(log, "Redis is back"));
        if (away != back || away > 1 || (isAway && away == 0)) broken.Add($"The log says {away} times that Redis is away, and {back} times that it is back.");
        foreach (var (phase, (took, arrived)) in new[] { ("before", before), ("during", during), ("after", after) })
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{phase}: {took.Count} posts, half in {Median(took).TotalMilliseconds:F1} ms, all in {took.Max().TotalMilliseconds:F0} ms; there after {Median(arrived).TotalMilliseconds:F1} ms, all after {arrived.Max().TotalMilliseconds:F0} ms");
        }
        FaultLevel.Report($"{fault}{(isAway ? $" for {FaultLevel.Seconds(6, 60).TotalSeconds:F0} s" : "")}, {before.Took.Count + during.Took.Count + after.Took.Count} messages", 1, 1, broken);
    }

    static int Said(IEnumerable<string> log, string words) => log.Count(line => line.Contains(words, StringComparison.Ordinal));

    static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
