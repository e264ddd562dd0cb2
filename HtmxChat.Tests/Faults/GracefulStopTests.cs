using System.Diagnostics;
using System.Net.WebSockets;

namespace HtmxChat.Tests.Faults;

public sealed class GracefulStopTests
{
    const int Pages = 300;

    static readonly TimeSpan ShortestSpread = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_server_that_is_stopped_fails_no_post_and_sends_its_pages_away_one_after_the_other()
    {
        await using var site = await FaultSite.StartAsync();
        var ledger = new Ledger();
        var viewers = await site.ViewersAsync(5);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var posters = Enumerable.Range(1, 8).Select(i => new Poster(site.Chat, ledger, $"Person {i}")).ToList();
        var talking = posters.Select(p => TalkAsync(p, enough.Token)).ToList();
        var position = await site.Ann.PositionAsync(site.Room);
        var sockets = await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => site.Ann.ConnectAsync(site.Room, position, site.Ann.OwnOrigin, Ct)));
        var ends = sockets.Select(EndAsync).ToList();

        Assert.Equal(0, await site.Server.StopAsync().Soon());

        var ended = await Task.WhenAll(ends).Soon();
        await site.Server.StartAsync();
        await enough.CancelAsync();
        await Task.WhenAll(talking).Soon();
        var broken = await site.CheckAsync(ledger, viewers, TimeSpan.FromSeconds(10));
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        foreach (var socket in sockets) socket.Dispose();

        Assert.All(ended, e => Assert.Equal(1012, e.Code));
        var spread = Stopwatch.GetElapsedTime(ended.Min(e => e.At), ended.Max(e => e.At));
        Assert.InRange(spread, ShortestSpread, TimeSpan.FromSeconds(5));
        Assert.Empty(site.Chat.Refusals);
        FaultLevel.Report($"graceful stop under load, {Pages} pages sent away over {spread.TotalSeconds:F1} s", 1, 1, broken);
    }

    static async Task TalkAsync(Poster poster, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested) await poster.SayAsync(Ct);
    }

    static async Task<(int? Code, long At)> EndAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), Ct);
            if (received.MessageType != WebSocketMessageType.Close) continue;
            var at = Stopwatch.GetTimestamp();
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Ct);
            return ((int?)socket.CloseStatus, at);
        }
    }
}
