using System.Diagnostics;
using System.Net;
using HtmxChat.Tests.Servers;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Faults;

/// <summary>Two nodes behind a proxy: whatever fails, nothing is lost or doubled, and people go on where something is left.</summary>
public sealed class NodeTests(NodeSite site) : IClassFixture<NodeSite>
{
    static readonly TimeSpan LiveElsewhereWithin = TimeSpan.FromSeconds(3);
    static readonly TimeSpan WritesBackWithin = TimeSpan.FromSeconds(10);
    static readonly TimeSpan SignedOutWithin = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task When_a_node_is_killed_its_people_are_live_on_the_other_within_3_seconds()
    {
        var room = await site.NewRoomAsync();
        var (ledger, times, late) = (new Ledger(), FaultLevel.Times(2, 20), new List<string>());
        var viewers = await Viewer.ArriveAsync(room.Chat, FaultLevel.Times(20, 100));
        using var talk = new Talk(room.Chat, ledger);

        for (var i = 0; i < times; i++)
        {
            var node = i % 2 == 0 ? site.First : site.Second;
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            var before = viewers.Sum(v => v.Connections);
            await node.KillAsync();
            var since = Stopwatch.GetTimestamp();

            await new Poster(room.Chat, ledger, "Afterwards").SayAsync(Ct);
            var position = await site.Ann.PositionAsync(room.Id);
            await Task.WhenAll(viewers.Select(v => v.ReachesAsync(position, Ct))).Soon();
            if (Stopwatch.GetElapsedTime(since) > LiveElsewhereWithin) late.Add($"All were live again only after {Stopwatch.GetElapsedTime(since)}.");
            Assert.True(viewers.Sum(v => v.Connections) > before, "Void: nobody was on that node.");
            await node.StartAsync();
        }

        await talk.EndAsync();
        var broken = await Viewer.CheckAsync(room.Chat, ledger, viewers, TimeSpan.FromSeconds(10));
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        FaultLevel.Report($"one of two nodes killed, {viewers.Count} readers", times, times, [.. late, .. broken]);
    }

    [Fact]
    public async Task A_node_that_stood_still_serves_nothing_stale_when_it_goes_on()
    {
        var room = await site.NewRoomAsync();
        var (ledger, times, lasting, stale) = (new Ledger(), FaultLevel.Times(1, 5), FaultLevel.Seconds(8, 30), new List<string>());
        var viewers = await room.ViewersOnAsync(site.First, site.Second, FaultLevel.Times(5, 50));
        using var talk = new Talk(room.On(site.Second), ledger);

        for (var i = 0; i < times; i++)
        {
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            await site.First.SignalAsync("STOP");
            await Task.Delay(lasting, Ct);
            await ledger.NextAcknowledgementAsync(Ct).Soon();

            // Some are there already when the node goes on, and so answered before anything else.
            var pages = Enumerable.Range(0, 5).Select(_ => room.On(site.First).LoadAsync(Ct)).ToList();
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            var newest = ledger.AcknowledgedByNow().Values.Max();
            await site.First.SignalAsync("CONT");
            foreach (var page in await Task.WhenAll([.. pages, room.On(site.First).LoadAsync(Ct)]).Soon())
            {
                if (ShownPage.Seq(ShownPage.Load(page).Position) < newest) stale.Add($"A page stood at {ShownPage.Load(page).Position}, and {newest} was acknowledged before.");
            }
        }

        await talk.EndAsync();
        var broken = await Viewer.CheckAsync(room.Chat, ledger, viewers, TimeSpan.FromSeconds(20));
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        FaultLevel.Report($"one of two nodes stood still for {lasting.TotalSeconds} s", times, times, [.. stale, .. broken]);
    }

    [Theory]
    [InlineData(Ending.Fast)]
    [InlineData(Ending.Immediate)]
    [InlineData(Ending.Killed)]
    public async Task While_the_database_restarts_posts_wait_or_fail_visibly_and_nothing_acknowledged_is_lost(Ending how)
    {
        var room = await site.NewRoomAsync();
        var (ledger, times, late) = (new Ledger(), FaultLevel.Times(1, 10), new List<string>());
        var viewers = await room.ViewersOnAsync(site.First, site.Second, FaultLevel.Times(5, 50));
        using var talk = new Talk(room.Chat, ledger);

        for (var i = 0; i < times; i++)
        {
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            await site.Postgres.EndAsync(how);
            await site.Postgres.StartAsync();
            var since = Stopwatch.GetTimestamp();
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            if (Stopwatch.GetElapsedTime(since) > WritesBackWithin) late.Add($"Writes were back only after {Stopwatch.GetElapsedTime(since)}.");
        }

        await talk.EndAsync();
        var broken = await Viewer.CheckAsync(room.Chat, ledger, viewers, TimeSpan.FromSeconds(10));
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        FaultLevel.Report($"PostgreSQL restarted ({how})", times, times, [.. late, .. broken]);
    }

    [Fact]
    public async Task The_same_key_posted_to_two_nodes_at_the_same_moment_is_one_message_and_one_answer()
    {
        var room = await site.NewRoomAsync();
        var (ledger, times) = (new Ledger(), FaultLevel.Times(50, 200));
        var (one, other) = (room.On(site.First), room.On(site.Second));
        await one.LoadFormAsync(Ct);
        await other.LoadFormAsync(Ct);

        for (var i = 0; i < times; i++)
        {
            var (key, text) = (Guid.NewGuid().ToString("N"), $"Message {i}");
            ledger.Sends(key, text);
            foreach (var seq in await Task.WhenAll(one.PostAsync(key, text, Ct), other.PostAsync(key, text, Ct)).Soon()) ledger.IsAcknowledged(key, seq);
        }

        var broken = await Viewer.CheckAsync(room.Chat, ledger, [], TimeSpan.Zero);
        Assert.Equal(times, (await room.Chat.StoredAsync(Ct)).Count);
        FaultLevel.Report("the same key posted to two nodes at once", times, times, broken);
    }

    [Fact]
    public async Task A_rolling_restart_fails_no_post_and_what_was_opened_before_still_works()
    {
        var room = await site.NewRoomAsync();
        var (ledger, times) = (new Ledger(), FaultLevel.Times(500, 10_000));
        var viewers = await Viewer.ArriveAsync(room.Chat, 10);
        await room.Chat.LoadFormAsync(Ct);
        var posters = Enumerable.Range(1, 4).Select(i => new Poster(room.Chat, ledger, $"Person {i}")).ToList();
        var posting = posters.Select(p => p.SayAsync(times / posters.Count, TimeSpan.FromMilliseconds(20), Ct)).ToList();

        var restarts = 0;
        foreach (var node in new[] { site.First, site.Second })
        {
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            Assert.Equal(0, await node.StopAsync().Soon());
            await node.StartAsync();
            restarts++;
        }
        await Task.WhenAll(posting);

        var broken = await Viewer.CheckAsync(room.Chat, ledger, viewers, TimeSpan.FromSeconds(10));
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        Assert.Empty(room.Chat.Refusals);
        Assert.Equal(0, posters.Sum(p => p.Repeats));
        FaultLevel.Report($"rolling restart of both nodes, {ledger.Acknowledged.Count} posts meanwhile", restarts, 2, broken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_who_signs_out_on_one_node_is_cut_off_on_the_other_within_2_seconds(bool withRedis)
    {
        var room = await site.NewRoomAsync();
        if (!withRedis) await site.Redis.StopAsync();
        using var bob = new Browser(new Uri(site.First.Url), HttpVersion.Version11);
        await bob.SubmitAsync(await site.Ann.InviteAsync(), ("Name", withRedis ? "Bob" : "Cleo"), ("Password", ChatSite.Password));
        using var elsewhere = bob.At(new Uri(site.Second.Url));
        using var socket = await elsewhere.ConnectAsync(room.Id, after: null, elsewhere.OwnOrigin, Ct);

        var since = Stopwatch.GetTimestamp();
        await bob.SignOutAsync();
        var buffer = new byte[64 * 1024];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Longest);
        while ((await socket.ReceiveAsync(buffer.AsMemory(), limit.Token)).MessageType != System.Net.WebSockets.WebSocketMessageType.Close)
        {
            // What was said before.
        }

        var took = Stopwatch.GetElapsedTime(since);
        if (!withRedis) await site.Redis.StartAsync();
        Assert.Equal((int)WebSocketClose.NotAllowed, (int)socket.CloseStatus!);
        FaultLevel.Report($"signed out on the other node, cut off after {took.TotalSeconds:F1} s{(withRedis ? "" : " without Redis")}", 1, 1, took > SignedOutWithin ? [$"It took {took}."] : []);
    }
}
