namespace HtmxChat.Tests.Faults;

/// <summary>Redis is a hint: whatever becomes of it, posts succeed as fast as ever, and messages arrive on the other node.</summary>
public sealed class RedisTests
{
    static readonly TimeSpan Meanwhile = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Back = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1);

    // Found by the head watch alone, half of them would need longer than 0.75 s.
    static readonly TimeSpan ByRedis = TimeSpan.FromSeconds(0.3);

    readonly TimeSpan lasting = FaultLevel.Seconds(6, 60);

    [Fact]
    public Task Stopped() => BreakAsync("Redis stopped", redis => redis.StopAsync(), redis => redis.StartAsync());

    [Fact]
    public Task Frozen() => BreakAsync("Redis frozen", redis => redis.FreezeAsync(), redis => redis.ThawAsync());

    [Fact]
    public Task Emptied() => BreakAsync("Redis flushed", redis => redis.SayAsync("FLUSHALL"), redis => Task.CompletedTask);

    [Fact]
    public Task Subscribers_cut() => BreakAsync("Redis' subscribers cut", async redis => Assert.NotEqual("0", await redis.SayAsync("CLIENT", "KILL", "TYPE", "pubsub")), redis => Task.CompletedTask);

    [Fact]
    public Task Restarted() => BreakAsync(
        "Redis restarted",
        async redis =>
        {
            await redis.StopAsync();
            await redis.StartAsync();
        },
        redis => Task.CompletedTask);

    [Fact]
    public async Task A_node_starts_without_Redis_and_finds_it_when_it_comes()
    {
        await using var redis = new RedisServer();
        await using var nodes = await Crossing.StartAsync(redis);
        var (_, without) = await nodes.PostAsync(TimeSpan.FromSeconds(2));
        Assert.All(without, late => Assert.True(late < Meanwhile, $"{late}"));

        await redis.StartAsync();
        await Task.Delay(Noticed, Ct);

        var (_, with) = await nodes.PostAsync(TimeSpan.FromSeconds(2));
        Assert.True(Median(with) < ByRedis, $"{Median(with)}");
        Assert.Equal([.. Two("Redis is away"), .. Two("Redis is back")], nodes.Log.All.Select(l => l.Split(": ")[1][..13].Trim()));
    }

    async Task BreakAsync(string fault, Func<RedisServer, Task> breaks, Func<RedisServer, Task> mend)
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var nodes = await Crossing.StartAsync(redis);
        var before = await nodes.PostAsync(TimeSpan.FromSeconds(3));

        await breaks(redis);
        var during = await nodes.PostAsync(lasting);
        await mend(redis);
        await Task.Delay(Noticed, Ct);
        var after = await nodes.PostAsync(TimeSpan.FromSeconds(3));

        List<string> broken = [.. await nodes.CheckAsync()];
        if (during.Took.Max() > TimeSpan.FromSeconds(1)) broken.Add($"A post took {during.Took.Max()}.");
        if (Median(during.Took) > Median(before.Took) + TimeSpan.FromMilliseconds(20)) broken.Add($"Posts took {Median(during.Took)} instead of {Median(before.Took)}.");
        if (during.Arrived.Max() > Meanwhile) broken.Add($"A message needed {during.Arrived.Max()} meanwhile.");
        if (after.Arrived.Max() > Back || Median(after.Arrived) > ByRedis) broken.Add($"Afterwards messages needed up to {after.Arrived.Max()}, half of them {Median(after.Arrived)}.");
        var expected = fault is "Redis stopped" or "Redis frozen" ? 4 : 0;
        if (nodes.Log.All.Count < expected || nodes.Log.All.Count > 4) broken.Add($"The log has {nodes.Log.All.Count} lines: {string.Join("; ", nodes.Log.All)}");
        foreach (var (phase, (took, arrived)) in new[] { ("before", before), ("during", during), ("after", after) })
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{phase}: {took.Count} posts, half in {Median(took).TotalMilliseconds:F1} ms, all in {took.Max().TotalMilliseconds:F0} ms; there after {Median(arrived).TotalMilliseconds:F1} ms, all after {arrived.Max().TotalMilliseconds:F0} ms");
        }
        foreach (var line in nodes.Log.All) TestContext.Current.TestOutputHelper?.WriteLine(line);
        FaultLevel.Report(fault, 1, 1, broken);
    }

    static string[] Two(string line) => [line, line];

    static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
