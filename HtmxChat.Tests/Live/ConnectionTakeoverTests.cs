using HtmxChat.Web.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Live;

public sealed class ConnectionTakeoverTests
{
    [Theory]
    [InlineData(Carrier.WebSocket, 0)]
    [InlineData(Carrier.ServerSentEvents, 1)]
    public async Task A_WebSocket_leaves_its_request_behind(Carrier carrier, int requestsLeft)
    {
        var requests = new RequestsUnderWay();
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<IStartupFilter>(requests));
        var ann = await site.SetUpByAnnAsync();
        var room = await ann.NewRoomAsync("Talk");

        await using var reader = await ann.ListenAsync(room, carrier, await ann.PositionAsync(room));
        await ann.SayAsync(room, "Still heard.");
        await reader.HearAsync("Still heard.");

        Assert.Equal(requestsLeft, requests.Count);
    }

    [Fact]
    public async Task Over_HTTP_2_it_stays_inside_its_request()
    {
        var requests = new RequestsUnderWay();
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<IStartupFilter>(requests), ChatSite.Http2);
        var ann = await site.SetUpByAnnAsync();
        var room = await ann.NewRoomAsync("Talk");

        await using var reader = await ann.ListenAsync(room, Carrier.WebSocket, await ann.PositionAsync(room));
        await reader.HearAsync("head");

        Assert.Equal(1, requests.Count);
    }

    /// <summary>Counts the requests to live addresses that have begun and not ended.</summary>
    sealed class RequestsUnderWay : IStartupFilter
    {
        int count;

        public int Count => Volatile.Read(ref count);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                var isLive = http.Request.Path.Value!.EndsWith("/live", StringComparison.Ordinal);
                if (isLive) Interlocked.Increment(ref count);
                await rest(http);
                if (isLive) Interlocked.Decrement(ref count);
            });
            next(app);
        };
    }
}
