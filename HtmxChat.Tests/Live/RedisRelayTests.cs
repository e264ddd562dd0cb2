using HtmxChat.Tests.Servers;
using HtmxChat.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Tests.Live;

public sealed class RedisRelayTests(RedisServer redis) : RelayContract, IClassFixture<RedisServer>, IAsyncDisposable
{
    readonly List<RedisRelay> joined = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var relay in joined) await relay.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_node_is_sent_the_bytes_of_its_rooms_and_no_others()
    {
        await using var line = new CountedLine(redis.Port);
        var (here, there) = (await JoinAsync(), await JoinAsync(line.ConnectionString));
        var heard = new SemaphoreSlim(0);
        using var listening = there.Listen("mine", _ => heard.Release());
        await listening.Begun.Soon();

        var before = line.Received;
        for (var i = 0; i < 1_000; i++) here.Publish("another's", new byte[1_000]);
        here.Publish("mine", "word"u8.ToArray());
        Assert.True(await heard.WaitAsync(Longest, Ct));
        var another = line.Received - before;
        for (var i = 0; i < 1_000; i++) here.Publish("mine", new byte[1_000]);
        for (var i = 0; i < 1_000; i++) Assert.True(await heard.WaitAsync(Longest, Ct));

        Assert.InRange(another, 1, 5_000);
        Assert.InRange(line.Received - before - another, 1_000_000, 1_100_000);
    }

    [Fact]
    public async Task A_connection_that_is_dead_without_saying_so_is_replaced()
    {
        await using var line = new CountedLine(redis.Port);
        var (here, there) = (await JoinAsync(), await JoinAsync(line.ConnectionString));
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = there.Listen("mine", _ => heard.TrySetResult());
        await listening.Begun.Soon();

        var subscribedAgain = line.HearsAsync("htmxchat:mine");
        line.Silence();
        await subscribedAgain.Soon();
        here.Publish("mine", "word"u8.ToArray());

        await heard.Task.Soon();
    }

    protected override async Task<IRelay> JoinAsync() => await JoinAsync(redis.ConnectionString);

    async Task<RedisRelay> JoinAsync(string connectionString)
    {
        var relay = new RedisRelay(RedisRelay.Settings(connectionString), NullLogger<RedisRelay>.Instance);
        joined.Add(relay);
        using var first = relay.Listen("first", _ => { });
        await first.Begun.Soon();
        return relay;
    }
}
