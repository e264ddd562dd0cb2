using System.Net;
using HtmxChat.Tests.Servers;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

/// <summary>Two nodes on one database, with a Redis between them and without.</summary>
public sealed class TwoNodesTests(RedisServer redis) : IClassFixture<RedisServer>
{
    public enum Between
    {
        Nothing,
        Redis,
    }

    [Theory]
    [InlineData(Between.Nothing)]
    [InlineData(Between.Redis)]
    public async Task What_another_node_commits_is_heard_once_by_every_carrier(Between between)
    {
        await using var here = await StartAsync(between);
        await using var there = await here.StartOtherNodeAsync();
        var ann = await here.SetUpByAnnAsync();
        var room = new RoomId(1);
        await using var socket = await ann.ListenAsync(room, Carrier.WebSocket, await ann.PositionAsync(room));
        await using var events = await ann.ListenAsync(room, Carrier.ServerSentEvents, await ann.PositionAsync(room));

        await ann.At(there.Address).SayAsync(room, "From the other node.");

        // Opened while this node may not have found it yet: its list has the message, and its log will bring it.
        await using var streamed = await ann.ListenAsync(room, Carrier.Html);
        await socket.HearAsync("From the other node.");
        await ann.SayAsync(room, "From here.");
        await ann.At(there.Address).SayAsync(room, "And from there again.");
        foreach (var reader in new[] { socket, events, streamed })
        {
            await reader.HearAsync("And from there again.");
            Assert.Equal(["From the other node.", "From here.", "And from there again."], reader.Messages);
        }
    }

    [Theory]
    [InlineData(Between.Nothing, Carrier.WebSocket)]
    [InlineData(Between.Nothing, Carrier.ServerSentEvents)]
    [InlineData(Between.Nothing, Carrier.Html)]
    [InlineData(Between.Redis, Carrier.WebSocket)]
    [InlineData(Between.Redis, Carrier.ServerSentEvents)]
    [InlineData(Between.Redis, Carrier.Html)]
    public async Task Who_signs_out_on_one_node_hears_nothing_more_on_the_other_two_seconds_later(Between between, Carrier carrier)
    {
        await using var here = await StartAsync(between);
        await using var there = await here.StartOtherNodeAsync();
        var ann = await here.SetUpByAnnAsync();
        var room = new RoomId(1);
        var leaver = await here.SignInAsync("Ann");
        await using var leaving = await leaver.At(there.Address).ListenAsync(room, carrier, await leaver.PositionAsync(room));
        await using var staying = await ann.At(there.Address).ListenAsync(room, carrier, await ann.PositionAsync(room));
        await ann.SayAsync(room, "Both hear this.");
        await leaving.HearAsync("Both hear this.");

        await leaver.SignOutAsync();
        await leaving.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        if (leaving is SocketReader socket) Assert.Equal(4001, socket.CloseCode);
        await using var again = await leaver.At(there.Address).ListenAsync(room, carrier);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
        await ann.SayAsync(room, "Only who stayed hears this.");
        await staying.HearAsync("Only who stayed hears this.");
    }

    [Fact]
    public async Task By_Redis_both_arrive_although_no_clock_ticks()
    {
        var stopped = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var here = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(stopped), ("ConnectionStrings:Redis", redis.ConnectionString));
        var ann = await here.SetUpByAnnAsync();
        await using var there = await here.StartOtherNodeAsync();
        var (room, leaver) = (new RoomId(1), await here.SignInAsync("Ann"));
        await using var leaving = await leaver.At(there.Address).ListenAsync(room, Carrier.WebSocket, await leaver.PositionAsync(room));
        var kept = leaver.Copy().At(there.Address);

        // The room is listened to from a moment after it was opened.
        for (var i = 0; !leaving.Heard.Contains("Line", StringComparison.Ordinal); i++)
        {
            await ann.SayAsync(room, $"Line {i}.");
            if (i == 0) continue;
            await leaving.HearAsync($"Line {i}.");
        }
        Assert.Equal(HttpStatusCode.OK, (await kept.GetAsync("/rooms/1")).Status);
        await leaver.SignOutAsync();
        await leaving.HearToTheEndAsync();

        Assert.Equal(4001, ((SocketReader)leaving).CloseCode);
        Assert.Equal(HttpStatusCode.Redirect, (await kept.GetAsync("/rooms/1")).Status);
    }

    Task<ChatSite> StartAsync(Between between) =>
        between == Between.Redis ? ChatSite.StartEmptyAsync(("ConnectionStrings:Redis", redis.ConnectionString)) : ChatSite.StartEmptyAsync();
}
