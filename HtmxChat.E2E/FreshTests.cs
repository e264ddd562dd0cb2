using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What is new since somebody was here, on all of their devices, and what they make unread again.</summary>
public sealed class FreshTests(Site site) : IClassFixture<Site>
{
    const string Words = "New since you were here";

    [Fact]
    public async Task A_room_opens_at_the_line_above_what_is_new_which_stays_until_the_page_is_left()
    {
        var (bob, cleo, room) = await TwoAsync("Fresh");
        await bob.PostManyAsync("old", 30, room);
        await cleo.EnterAsync(room);
        await cleo.EnterAsync();
        await bob.PostManyAsync("new", 25, room);

        await cleo.EnterAsync(room);

        await Expect(Line(cleo)).ToHaveTextAsync(Words);
        await Expect(Line(cleo)).ToBeInViewportAsync();
        await Expect(cleo.MessageSaying("new 1")).ToBeInViewportAsync();
        await Expect(cleo.MessageSaying("new 25")).Not.ToBeInViewportAsync();
        Assert.Equal("new 1", await TextBelowAsync(cleo));
        await Expect(cleo.Page.Locator("#newest")).ToHaveTextAsync("25 new messages");
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
        var before = (await Line(cleo).BoundingBoxAsync())!.Y;
        await bob.SayAsync("and one more");
        await Expect(cleo.Page.Locator("#newest")).ToHaveTextAsync("26 new messages");
        Assert.Equal(before, (await Line(cleo).BoundingBoxAsync())!.Y, tolerance: 1f);

        await cleo.Page.ClickAsync("#newest");
        await Expect(cleo.MessageSaying("and one more")).ToBeInViewportAsync();
        await Expect(Line(cleo)).ToHaveCountAsync(1);
        await cleo.Page.ReloadAsync();
        await cleo.BecomesLiveAsync();
        await Expect(Line(cleo)).ToHaveCountAsync(0);
        Assert.Empty(cleo.Complaints);
    }

    [Fact]
    public async Task What_began_further_up_is_led_to_and_the_line_moves_up_when_older_messages_come()
    {
        var (bob, cleo, room) = await TwoAsync("Long away");
        await bob.PostManyAsync("old", 5, room);
        await cleo.EnterAsync(room);
        await cleo.EnterAsync();
        await bob.PostManyAsync("new", 60, room);

        await cleo.EnterAsync(room);
        await Expect(Line(cleo)).ToHaveTextAsync($"{Words}: 20 more above");
        await Expect(Line(cleo)).ToBeInViewportAsync();
        Assert.Equal("new 21", await TextBelowAsync(cleo));
        await AccessTests.AxeFindsNothingAsync(cleo.Page);

        await cleo.Page.Locator(".older a").ScrollIntoViewIfNeededAsync();
        await cleo.SeesAsync("new 1");
        await Expect(Line(cleo)).ToHaveTextAsync(Words);
        Assert.Equal("new 1", await TextBelowAsync(cleo));

        await bob.PostManyAsync("newer", 41, room);
        await cleo.Page.GotoAsync("/rooms/1");
        await bob.PostManyAsync("newest", 41, room);
        await cleo.EnterAsync(room);
        await Line(cleo).Locator("a").EvaluateAsync("link => link.click()"); // pointing there would bring the older messages into view
        await Expect(cleo.Page).ToHaveURLAsync(new Regex(@"\?after=\d+$"));
        await Expect(cleo.MessageSaying("newest 1")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Reading_on_one_device_clears_the_mark_on_the_other_and_marking_as_unread_brings_it_back_on_both()
    {
        var (bob, _, room) = await TwoAsync("Devices");
        var (phone, laptop) = (await site.JoinAsync("Dana"), await site.ComeAsync());
        await laptop.SendFormAsync("/sign-in", ("Name", "Dana"), ("Password", Site.Password));
        await phone.EnterAsync(room);
        await phone.EnterAsync();
        await laptop.EnterAsync();
        await bob.SayAsync("one");
        await bob.SayAsync("two");
        foreach (var device in new[] { phone, laptop }) await Expect(Mark(device, room)).ToHaveTextAsync("2 unread");

        await phone.EnterAsync(room);
        await Expect(Mark(laptop, room)).ToHaveTextAsync("");
        await Expect(Line(phone)).ToHaveCountAsync(1);

        await phone.Page.Locator("#m-2").HoverAsync();
        await phone.Page.Locator("#m-2 .more").ClickAsync();
        await phone.Page.Locator("#menu").GetByText("Mark as unread from here").ClickAsync();
        await Expect(phone.Page.Locator("#toast")).ToContainTextAsync("Unread from there on");
        Assert.Equal("two", await TextBelowAsync(phone));
        foreach (var device in new[] { phone, laptop }) await Expect(Mark(device, room)).ToHaveTextAsync("1 unread");

        // It goes on being open there, and what comes is unread as well.
        await bob.SayAsync("three");
        foreach (var device in new[] { phone, laptop }) await Expect(Mark(device, room)).ToHaveTextAsync("2 unread");
        await phone.HideAsync(true);
        await Expect(Mark(laptop, room)).ToHaveTextAsync("2 unread");
        await phone.HideAsync(false);
        foreach (var device in new[] { phone, laptop }) await Expect(Mark(device, room)).ToHaveTextAsync("");
        Assert.Empty(phone.Complaints.Concat(laptop.Complaints));
    }

    [Fact]
    public async Task What_is_marked_as_unread_is_read_at_the_end_of_the_room_and_all_is_read_by_one_button_also_over_events()
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = true };
        var (bob, cleo, room) = await TwoAsync("By events", proxy.Url);
        await bob.PostManyAsync("line", 30, room);
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await cleo.StatusBecomesAsync("fallback");
        await MarkUnreadAsync(cleo, "line 30");
        await Expect(Mark(cleo, room)).ToHaveTextAsync("1 unread");

        await cleo.MessageSaying("line 2").ScrollIntoViewIfNeededAsync();
        await cleo.Page.ClickAsync("#newest");
        await Expect(Mark(cleo, room)).ToHaveTextAsync("");

        await MarkUnreadAsync(cleo, "line 30");
        await Expect(Mark(cleo, room)).ToHaveTextAsync("1 unread");
        await cleo.Page.ClickAsync("#rooms .read button");
        await Expect(Mark(cleo, room)).ToHaveTextAsync("");
        await Expect(cleo.Page.Locator("#rooms .read")).ToBeHiddenAsync();
        await Expect(cleo.Page).ToHaveURLAsync(new Regex($"/rooms/{room}$"));
    }

    [Fact]
    public async Task Without_script_the_stream_opens_at_the_line_and_marking_is_pages_and_forms()
    {
        var (bob, _, room) = await TwoAsync("Plainly fresh");
        await bob.PostManyAsync("old", 30, room);
        var hal = await site.JoinAsync("Hal", scripts: false);
        await OpenAsync(hal, room);
        await hal.Page.GotoAsync("/rooms");
        await bob.PostManyAsync("new", 30, room);

        await OpenAsync(hal, room);
        var stream = hal.Page.FrameLocator("iframe.stream");
        await Expect(stream.Locator("#fresh")).ToHaveTextAsync(Words);
        await Expect(stream.Locator("#fresh")).ToBeInViewportAsync();
        await Expect(stream.Locator("#m-31")).ToBeInViewportAsync();
        await Expect(stream.Locator("#m-60")).Not.ToBeInViewportAsync();

        await hal.Page.GotoAsync($"/rooms/{room}/messages/59/more");
        await hal.Page.GetByText("Mark as unread from here").ClickAsync();
        await hal.Page.GetByRole(AriaRole.Button, new() { Name = "Mark as unread from here" }).ClickAsync();
        await Expect(hal.Page).ToHaveURLAsync(new Regex("/rooms$"));
        await Expect(hal.Page.Locator($"#mark-{room}")).ToHaveTextAsync("2 unread");
        await hal.Page.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).ClickAsync();
        await Expect(hal.Page.Locator(".mark b")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_tab_counts_what_is_said_while_nobody_looks_and_where_its_person_is_mentioned_and_its_icon_shows_it()
    {
        var (bob, cleo, room) = await TwoAsync("Counted");
        var icon = cleo.Page.Locator("link[rel=icon]");
        await Expect(cleo.Page).ToHaveTitleAsync("Counted · Riverside");
        await Expect(icon).Not.ToHaveAttributeAsync("href", new Regex("unread"));

        await cleo.HideAsync(true);
        await bob.SayAsync("one");
        await bob.SayAsync("two");
        await Expect(cleo.Page).ToHaveTitleAsync("(2) Counted · Riverside");
        await Expect(icon).ToHaveAttributeAsync("href", new Regex("icon-unread"));
        await cleo.HideAsync(false);
        await Expect(cleo.Page).ToHaveTitleAsync("Counted · Riverside");
        await Expect(icon).Not.ToHaveAttributeAsync("href", new Regex("unread"));

        var elsewhere = await bob.CreateRoomAsync("Where Cleo is called");
        await bob.BecomesLiveAsync();
        await bob.SayAsync("are you there, @cleo.in.counted?");
        await Expect(cleo.Page).ToHaveTitleAsync("(1) Counted · Riverside");
        await Expect(icon).ToHaveAttributeAsync("href", new Regex("icon-unread"));
        var answer = await cleo.Page.APIRequest.GetAsync((await icon.GetAttributeAsync("href"))!);
        Assert.Equal((200, "image/svg+xml"), (answer.Status, answer.Headers["content-type"]));
        await (await cleo.SecondTabAsync()).EnterAsync(elsewhere);
        await Expect(icon).Not.ToHaveAttributeAsync("href", new Regex("unread"));
        Assert.Empty(cleo.Complaints);
    }

    async Task<(Visitor Bob, Visitor Cleo, int Room)> TwoAsync(string name, string? url = null)
    {
        var (bob, cleo) = (await site.JoinAsync($"Bob in {name}"), await site.JoinAsync($"Cleo in {name}", url));
        var room = await bob.CreateRoomAsync(name);
        await bob.BecomesLiveAsync();
        if (url is null) await cleo.EnterAsync(room);
        return (bob, cleo, room);
    }

    static ILocator Line(Visitor visitor) => visitor.Page.Locator("#fresh");

    static ILocator Mark(Visitor visitor, int room) => visitor.Page.Locator($"#mark-{room}");

    static async Task<string?> TextBelowAsync(Visitor visitor) => await visitor.Page.Locator("#fresh + .message .text").TextContentAsync();

    static async Task MarkUnreadAsync(Visitor visitor, string text)
    {
        await visitor.MessageSaying(text).HoverAsync();
        await visitor.MessageSaying(text).Locator(".more").ClickAsync();
        await visitor.Page.Locator("#menu").GetByText("Mark as unread from here").ClickAsync();
    }

    // While the stream lives, the page does not finish loading.
    static Task<IResponse?> OpenAsync(Visitor visitor, int room) => visitor.Page.GotoAsync($"/rooms/{room}", new() { WaitUntil = WaitUntilState.Commit });
}
