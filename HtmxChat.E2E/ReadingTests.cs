using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class ReadingTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Messages_of_one_author_are_grouped_and_another_author_starts_anew()
    {
        var bob = await site.JoinAsync("Bob");
        var room = await bob.CreateRoomAsync("Grouping");
        await bob.BecomesLiveAsync();
        var cleo = await site.JoinAsync("Cleo");
        await cleo.EnterAsync(room);

        await bob.SayAsync("one");
        await bob.SayAsync("two");
        await cleo.SeesAsync("two");
        await cleo.SayAsync("three");
        await bob.SeesAsync("three");

        await Expect(bob.MessageSaying("one").Locator(".face")).ToBeInViewportAsync();
        Assert.True(await IsTinyAsync(bob, "two"), "the second message in a row shows no name again");
        Assert.False(await IsTinyAsync(bob, "one"));
        Assert.False(await IsTinyAsync(bob, "three"));
    }

    [Fact]
    public async Task Days_are_separated_and_times_are_the_readers_own()
    {
        await using var database = new Database(site);
        var dora = await site.JoinAsync("Dora", with: o => o.TimezoneId = "Pacific/Auckland");
        var room = await dora.CreateRoomAsync("Calendar");
        await dora.PostManyAsync("day", 2, room);
        await MoveAsync(database, room, seq: 1, "2026-03-01T10:30:00Z");  // 23:30 on 1 March in Auckland
        await MoveAsync(database, room, seq: 2, "2026-03-01T11:30:00Z");  // 00:30 on 2 March there

        await dora.EnterAsync(room);

        await Expect(dora.Page.Locator(".day")).ToHaveTextAsync(["Sunday, 1 March 2026", "Monday, 2 March 2026"]);
        await Expect(dora.Messages.Nth(0).Locator("time")).ToHaveTextAsync("23:30");
        await Expect(dora.Messages.Nth(1).Locator("time")).ToHaveTextAsync("00:30");
        await Expect(dora.Messages.Nth(1).Locator("time")).ToHaveAttributeAsync("title", "Monday, 2 March 2026 at 00:30:00");
    }

    [Fact]
    public async Task At_the_end_the_newest_message_stays_in_view()
    {
        var eve = await site.JoinAsync("Eve");
        var room = await eve.CreateRoomAsync("At the end");
        await eve.PostManyAsync("line", 40, room);
        await eve.EnterAsync(room);

        await eve.PostManyAsync("more", 3, room);

        await Expect(eve.MessageSaying("more 3")).ToBeInViewportAsync();
        await Expect(eve.Page.Locator("#newest")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Further_up_the_list_holds_still_and_counts_what_is_new()
    {
        var fay = await site.JoinAsync("Fay");
        var room = await fay.CreateRoomAsync("Further up");
        var gus = await site.JoinAsync("Gus");
        await gus.PostManyAsync("line", 40, room);
        await fay.EnterAsync(room);

        await fay.MessageSaying("line 10").ScrollIntoViewIfNeededAsync();
        await Expect(fay.Page.Locator("#newest")).ToHaveTextAsync("Newest messages");
        var before = (await fay.MessageSaying("line 10").BoundingBoxAsync())!.Y;
        await gus.PostManyAsync("new", 3, room);

        await Expect(fay.Page.Locator("#newest")).ToHaveTextAsync("3 new messages");
        Assert.Equal(before, (await fay.MessageSaying("line 10").BoundingBoxAsync())!.Y, tolerance: 2f);
        await fay.Page.ClickAsync("#newest");
        await Expect(fay.MessageSaying("new 3")).ToBeInViewportAsync();
        await Expect(fay.Page.Locator("#newest")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Scrolling_up_brings_older_messages_without_a_jump()
    {
        var hal = await site.JoinAsync("Hal");
        var room = await hal.CreateRoomAsync("Long ago");
        await hal.PostManyAsync("line", 100, room);
        await hal.EnterAsync(room);
        Assert.Equal(40, await hal.Messages.CountAsync());
        await Expect(hal.MessageSaying("line 100")).ToBeInViewportAsync();

        // The text, because the day above it goes when it is no longer the first of its day on the page.
        var text = hal.MessageSaying("line 61").Locator(".text");
        await hal.MessageSaying("line 61").ScrollIntoViewIfNeededAsync();
        var before = (await text.BoundingBoxAsync())!.Y;
        await hal.SeesAsync("line 21");

        Assert.Equal(before, (await text.BoundingBoxAsync())!.Y, tolerance: 2f);
        await hal.Page.Locator(".older a").ScrollIntoViewIfNeededAsync();
        await hal.SeesAsync("line 1");
        Assert.Equal(Enumerable.Range(1, 100).Select(i => $"line {i}"), await hal.TextsAsync());
        await Expect(hal.Page.Locator(".older")).ToHaveTextAsync("This is where the room begins.");
    }

    [Fact]
    public async Task A_page_open_all_day_lets_its_oldest_messages_go_and_can_bring_them_back()
    {
        var ida = await site.JoinAsync("Ida");
        var room = await ida.CreateRoomAsync("All day");
        await ida.EnterAsync(room);

        await ida.PostManyAsync("line", 360, room);
        await ida.SeesAsync("line 360");

        Assert.InRange(await ida.Messages.CountAsync(), 300, 340);
        var oldest = await ida.Messages.First.Locator(".text").TextContentAsync();
        await Expect(ida.MessageSaying("line 1")).ToHaveCountAsync(0);
        await ida.Page.Locator(".older a").ScrollIntoViewIfNeededAsync();
        await Expect(ida.Messages.First.Locator(".text")).Not.ToHaveTextAsync(oldest!);
        await ida.Page.Locator(".older a").ScrollIntoViewIfNeededAsync();
        await ida.SeesAsync("line 1");
        Assert.Equal(Enumerable.Range(1, 360).Select(i => $"line {i}"), await ida.TextsAsync());
    }

    // The name of a message that goes on is there for a screen reader, and clipped to a point for the eye.
    static async Task<bool> IsTinyAsync(Visitor reader, string text) =>
        (await reader.MessageSaying(text).Locator(".by b").BoundingBoxAsync())!.Width <= 1;

    /// <summary>Puts messages of a running site into the past.</summary>
    static async Task MoveAsync(Database database, int room, int seq, string sentAt) => Assert.Equal(1, await database.ExecuteAsync(
        "update messages set sent_at_ms = @at, changed_seq = -changed_seq where room_id = @room and seq = @seq",
        ("@at", DateTimeOffset.Parse(sentAt, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()), ("@room", room), ("@seq", seq)));
}
