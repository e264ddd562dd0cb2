using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What the page says of itself is true, whatever happens to its connection.</summary>
[Collection(typeof(Timed))]
public sealed class StatusTests(Site site) : IClassFixture<Site>
{
    // The promise is 12 s; what is beyond is the second in which the page looks, and this test's way to see it.
    const float DeadWithin = 14_000;

    const float RightWithin = 2_000;

    [Fact]
    public async Task A_connection_that_died_without_a_word_is_noticed_the_page_says_since_when_and_it_recovers()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var bob = await site.JoinAsync("Bob", proxy.Url);
        var room = await bob.CreateRoomAsync("Half open");
        await bob.BecomesLiveAsync();
        var ann = await site.AnnAsync();

        proxy.Stall();
        await ann.PostManyAsync("missed", 3, room);
        await Expect(bob.Page.Locator("#status")).ToHaveTextAsync("Reconnecting…", new() { Timeout = DeadWithin });
        Assert.Empty(await bob.TextsAsync());
        await Expect(bob.Page.Locator("#status")).ToHaveTextAsync(new Regex("^Out of date since \\d\\d:\\d\\d$"), new() { Timeout = DeadWithin });
        await bob.SayAsync("is anybody there?");
        await Expect(bob.Unsent).ToContainTextAsync("there is no connection");

        proxy.Flow();
        await bob.SeesAsync("missed 3", within: 10_000);
        await bob.SeesAsync("is anybody there?");
        await bob.BecomesLiveAsync();
        Assert.Equal(["missed 1", "missed 2", "missed 3", "is anybody there?"], await bob.TextsAsync());
        await Expect(bob.Unsent).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task While_it_is_behind_the_page_says_by_how_much_and_never_that_all_is_well()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var cleo = await site.JoinAsync("Cleo", proxy.Url);
        var room = await cleo.CreateRoomAsync("Behind");
        await cleo.BecomesLiveAsync();
        await WatchAsync(cleo);
        var ann = await site.AnnAsync();
        proxy.Cut();
        await cleo.StatusBecomesAsync("reconnecting");
        await ann.PostManyAsync("missed", 20, room);

        proxy.Mend();
        await cleo.SeesAsync("missed 20");
        await cleo.BecomesLiveAsync();

        Assert.Equal(["Reconnecting… 0", "Catching up: 20 new 0", "Live 20"], await SeenAsync(cleo));
    }

    [Fact]
    public async Task Where_a_proxy_holds_event_streams_back_the_page_gets_its_messages_by_asking()
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = true, HoldsStreams = true };
        var dora = await site.JoinAsync("Dora", proxy.Url);
        var room = await dora.CreateRoomAsync("Behind a buffer");
        var ann = await site.AnnAsync();
        await ann.EnterAsync(room);

        await Expect(dora.Page.Locator("#status")).ToHaveTextAsync("Live, by asking", new() { Timeout = 20_000 });
        Assert.InRange(proxy.Held, 1, int.MaxValue);

        await ann.SayAsync("can you hear me?");
        await dora.SeesAsync("can you hear me?", RightWithin);
        await dora.SayAsync("slowly");
        await ann.SeesAsync("slowly");
        await dora.SeesAsync("slowly", RightWithin);
        await Expect(dora.Unsent).ToHaveCountAsync(0);
        await ann.PostManyAsync("quick", 30, room);
        await dora.SeesAsync("quick 30", RightWithin);
        Assert.Equal(["can you hear me?", "slowly", .. Enumerable.Range(1, 30).Select(i => $"quick {i}")], await dora.TextsAsync());

        await dora.Page.ReloadAsync();
        await Expect(dora.Page.Locator("#status")).ToHaveTextAsync("Live, by asking", new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task A_hidden_tab_keeps_its_connection_counts_in_its_title_and_is_right_when_it_is_shown()
    {
        var eve = await site.JoinAsync("Eve");
        var room = await eve.CreateRoomAsync("Hidden");
        await eve.BecomesLiveAsync();
        await Expect(eve.Page).ToHaveTitleAsync("Hidden · Riverside");
        await eve.HideAsync(true);

        var ann = await site.AnnAsync();
        for (var sent = 200; sent <= 1_000; sent += 200) // who is 500 behind gets the end of the list alone
        {
            await ann.PostManyAsync("meanwhile", 200, room, from: sent - 199);
            await Expect(eve.Page).ToHaveTitleAsync($"({sent}) Hidden · Riverside");
        }
        await Expect(eve.Page.Locator("#status")).ToHaveAttributeAsync("data-state", "live");

        await eve.HideAsync(false);
        await eve.SeesAsync("meanwhile 1000", RightWithin);
        await Expect(eve.Page).ToHaveTitleAsync("Hidden · Riverside");
        Assert.Equal(Enumerable.Range(701, 300).Select(i => $"meanwhile {i}"), (await eve.TextsAsync()).TakeLast(300));
    }

    [Fact]
    public async Task A_hidden_tab_that_was_away_for_long_says_that_there_is_more_than_it_has_counted()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var gil = await site.JoinAsync("Gil", proxy.Url);
        var room = await gil.CreateRoomAsync("Long away");
        await gil.BecomesLiveAsync();
        await gil.SayAsync("before");
        await gil.SeesAsync("before");
        await gil.HideAsync(true);

        proxy.Cut();
        await (await site.AnnAsync()).PostManyAsync("meanwhile", 600, room);
        proxy.Mend();
        await Expect(gil.Page).ToHaveTitleAsync("(40+) Long away · Riverside");

        await gil.HideAsync(false);
        await Expect(gil.Page).ToHaveTitleAsync("Long away · Riverside");
    }

    [Fact]
    public async Task After_a_laptop_has_slept_the_page_is_right_within_2_seconds_and_turning_the_wheel_is_being_there()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var fay = await site.JoinAsync("Fay", proxy.Url);
        var room = await fay.CreateRoomAsync("Asleep");
        await fay.BecomesLiveAsync();
        await fay.Page.Clock.InstallAsync();
        var (isAway, isBack) = (new TaskCompletionSource(), new TaskCompletionSource());
        fay.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => (frame.Text!.StartsWith("{\"here\":true", StringComparison.Ordinal) ? isBack : isAway).TrySetResult();

        // The network went away while everything stood still, and the connection does not know of it.
        await fay.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddSeconds(5));
        proxy.Strand();
        await (await site.AnnAsync()).PostManyAsync("meanwhile", 1_000, room);
        await fay.StatusBecomesAsync("live");
        await fay.Page.Clock.FastForwardAsync("08:00:00");
        await fay.Page.Clock.ResumeAsync();

        await fay.SeesAsync("meanwhile 1000", RightWithin);
        await fay.BecomesLiveAsync();
        Assert.Equal(Enumerable.Range(961, 40).Select(i => $"meanwhile {i}"), (await fay.TextsAsync()).TakeLast(40));

        await isAway.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(isBack.Task.IsCompleted);
        await fay.Page.Mouse.MoveAsync(600, 300);
        await fay.Page.Mouse.WheelAsync(0, -100);
        await isBack.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task On_a_line_on_which_everything_takes_seconds_a_message_is_not_sent_until_it_is_and_is_one_message()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var ivy = await site.JoinAsync("Ivy", proxy.Url);
        await ivy.CreateRoomAsync("Far away");
        await ivy.BecomesLiveAsync();
        proxy.Delay = TimeSpan.FromSeconds(3);

        await ivy.SayAsync("slowly");
        await Expect(ivy.Unsent).ToHaveTextAsync(new Regex(@"Not sent yet\. It may be on its way\. Send again\s*$"), new() { UseInnerText = true, Timeout = 6_000 }); // and nothing about discarding it
        await ivy.SeesAsync("slowly", within: 20_000); // the proxy holds one piece after the other, and that somebody types is sent before
        await Expect(ivy.Unsent).ToHaveCountAsync(0);
        await Expect(ivy.Page.Locator("#status")).ToHaveTextAsync("Live");
        Assert.Equal(["slowly"], await ivy.TextsAsync());
    }

    [Fact]
    public async Task What_could_not_be_stored_is_shown_as_not_sent_with_the_reason_and_can_be_sent_again()
    {
        var hal = await site.JoinAsync("Hal");
        await hal.CreateRoomAsync("Full disk");
        await hal.BecomesLiveAsync();
        await using var database = new Database(site);
        await database.ExecuteAsync("create trigger full before insert on messages begin select raise(fail, 'disk full'); end");

        await hal.SayAsync("keep this");
        await Expect(hal.Unsent).ToContainTextAsync("keep this");
        await Expect(hal.Unsent).ToContainTextAsync("The server could not store it just now.");
        await Expect(hal.Page.Locator("#status")).ToHaveTextAsync("Live");
        Assert.Empty(await hal.TextsAsync());

        await database.ExecuteAsync("drop trigger full");
        await hal.Unsent.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await hal.SeesAsync("keep this");
        await Expect(hal.Unsent).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_new_name_of_the_room_is_everywhere_on_the_page()
    {
        var gus = await site.JoinAsync("Gus");
        var room = await gus.CreateRoomAsync("Old name");
        await gus.BecomesLiveAsync();
        await using var database = new Database(site);

        // As another node does it.
        await database.ExecuteAsync(
            $"""
            update rooms set name = 'New name', name_key = 'NEW NAME', last_seq = last_seq + 1 where id = {room};
            insert into events (room_id, seq, kind, message_seq) select id, last_seq, 4, null from rooms where id = {room}
            """);

        await Expect(gus.Page.Locator("h1")).ToHaveTextAsync("New name");
        await Expect(gus.Page).ToHaveTitleAsync("New name · Riverside");
        await Expect(gus.Page.Locator("#rooms [aria-current]")).ToHaveTextAsync("New name");
    }

    // Notes each text of the status with the number of messages that are in the list by then.
    static async Task WatchAsync(Visitor visitor) => await visitor.Page.EvaluateAsync(
        """
        () => {
          window.seen = [];
          const status = document.getElementById('status');
          new MutationObserver(() => window.seen.push(`${status.textContent} ${document.querySelectorAll('#messages .message').length}`)).observe(status, { childList: true });
        }
        """);

    static Task<string[]> SeenAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string[]>("window.seen");
}
