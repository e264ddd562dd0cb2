using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>Threads, beside the room and on a page of their own.</summary>
public sealed class ThreadTests(Site site) : ThreadScene(site), IClassFixture<Site>
{
    readonly Site site = site;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_people_talk_in_a_thread_beside_the_room(bool byEvents)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = byEvents };
        var (bob, cleo) = await TwoAsync(byEvents ? "Threads by events" : "Threads", proxy.Url, byEvents);
        await bob.SayAsync("where shall we go?");
        await cleo.SeesAsync("where shall we go?");
        await cleo.Composer.FillAsync("half-typed");

        await ChooseAsync(cleo, "where shall we go?", "Reply in a thread");
        await Expect(Box(cleo)).ToBeFocusedAsync();
        await ReplyAsync(cleo, "to the sea");
        await Expect(Replies(cleo)).ToHaveTextAsync(["to the sea"]);
        await Expect(cleo.Page.Locator(".unsent")).ToHaveCountAsync(0);
        await Expect(cleo.Composer).ToHaveValueAsync("half-typed");

        await bob.Page.GetByText("1 reply").ClickAsync();
        await Expect(Replies(bob)).ToHaveTextAsync(["to the sea"]);
        await ReplyAsync(bob, "which one?");
        await Expect(Replies(cleo)).ToHaveTextAsync(["to the sea", "which one?"]);
        await cleo.Page.Locator(".also input").CheckAsync();
        await ReplyAsync(cleo, "the blue one");
        await Expect(Replies(bob)).ToHaveTextAsync(["to the sea", "which one?", "the blue one"]);
        await bob.SeesAsync("the blue one");
        await Expect(bob.MessageSaying("the blue one").Locator(".quote")).ToHaveTextAsync(new Regex("^In a thread: where shall we go\\?"));
        await Expect(bob.Messages).ToHaveCountAsync(2);
        await Expect(cleo.Page.Locator(".also input")).Not.ToBeCheckedAsync();
        await Expect(bob.Page.Locator("#m-1 .thread-link")).ToHaveTextAsync(new Regex("^3 replies"));
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        await Box(bob).PressAsync("Escape");
        await Expect(bob.Page.Locator("#thread")).ToBeEmptyAsync();
        await Expect(bob.Page.Locator("#m-1 .thread-link")).ToBeFocusedAsync();
        await Expect(cleo.Composer).ToHaveValueAsync("half-typed");
        Assert.DoesNotContain(bob.Complaints, c => !c.Contains("WebSocket", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_said_in_a_thread_while_a_page_was_cut_off_is_there_when_it_is_back()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var (bob, cleo) = await TwoAsync("Threads cut off", cleosUrl: proxy.Url);
        await bob.SayAsync("root");
        await OpenAsync(cleo, "root");
        await OpenAsync(bob, "root");
        await ReplyAsync(bob, "before");
        await Expect(Replies(cleo)).ToHaveTextAsync(["before"]);

        proxy.Cut();
        await cleo.StatusBecomesAsync("reconnecting");
        await ReplyAsync(cleo, "from the tunnel");
        await Expect(cleo.Page.Locator("#thread .unsent")).ToContainTextAsync("from the tunnel");
        await ReplyAsync(bob, "meanwhile");
        await Expect(Replies(bob)).ToHaveTextAsync(["before", "meanwhile"]);
        proxy.Mend();
        await cleo.BecomesLiveAsync();

        foreach (var who in new[] { bob, cleo }) await Expect(Replies(who)).ToHaveTextAsync(["before", "meanwhile", "from the tunnel"]);
        await Expect(cleo.Page.Locator(".unsent")).ToHaveCountAsync(0);
        await Expect(cleo.Messages).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_that_was_too_far_behind_has_its_open_thread_anew_and_keeps_what_is_typed_there()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var (bob, cleo) = await TwoAsync("Threads far behind", cleosUrl: proxy.Url);
        await bob.SayAsync("root");
        await OpenAsync(cleo, "root");
        await OpenAsync(bob, "root");
        await Box(cleo).FillAsync("half-typed");

        proxy.Cut();
        await cleo.StatusBecomesAsync("reconnecting");
        await ReplyAsync(bob, "missed");
        await Expect(Replies(bob)).ToHaveTextAsync(["missed"]);
        await bob.PostManyAsync("line", 520, Room);
        proxy.Mend();
        await cleo.BecomesLiveAsync();

        await Expect(Replies(cleo)).ToHaveTextAsync(["missed"]);
        await Expect(Box(cleo)).ToHaveValueAsync("half-typed");
    }

    [Fact]
    public async Task What_could_not_be_sent_in_a_thread_survives_a_reload_with_its_thread()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var (bob, cleo) = await TwoAsync("Threads unsent", cleosUrl: proxy.Url);
        await bob.SayAsync("root");
        await OpenAsync(cleo, "root");
        proxy.Cut();
        await cleo.StatusBecomesAsync("reconnecting");
        await ReplyAsync(cleo, "kept");
        await Expect(cleo.Page.Locator("#thread .unsent")).ToContainTextAsync("kept");
        await cleo.Page.Locator("#thread .close").ClickAsync();
        await Expect(cleo.Page.Locator("#outbox .unsent")).ToContainTextAsync("kept");

        await cleo.Page.GotoAsync("about:blank");
        proxy.Mend();
        await cleo.Page.GotoAsync($"/rooms/{Room}?thread=1");
        await Expect(cleo.Page.Locator("#thread .unsent .fate")).ToContainTextAsync("Not sent.");
        await cleo.Page.Locator("#thread .unsent").GetByText("Send again").ClickAsync();

        await Expect(Replies(cleo)).ToHaveTextAsync(["kept"]);
        await bob.Page.GetByText("1 reply").ClickAsync();
        await Expect(Replies(bob)).ToHaveTextAsync(["kept"]);
        await Expect(cleo.Messages).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Without_script_a_thread_is_a_page_that_goes_on_by_itself_with_a_form()
    {
        var hal = await site.JoinAsync("Hal of the threads", scripts: false);
        Room = await hal.CreateRoomAsync("Plain threads");
        var composer = hal.Page.FrameLocator("iframe.composer");
        var stream = hal.Page.FrameLocator("iframe.stream");
        await composer.Locator("#text").FillAsync("plain root");
        await composer.GetByText("Send").ClickAsync();
        await Expect(stream.Locator(".message .text")).ToHaveTextAsync("plain root");

        await hal.Page.GotoAsync($"/rooms/{Room}/messages/1/more");
        await hal.Page.GetByText("Reply in a thread").ClickAsync();
        await PlainReplyAsync(hal, "plain reply");
        await Expect(Streamed(hal)).ToHaveTextAsync(["plain root", "plain reply"]);
        await hal.Page.GetByLabel("Show in the room too").CheckAsync();
        await PlainReplyAsync(hal, "and in the room");
        await Expect(Streamed(hal)).ToHaveTextAsync(["plain root", "plain reply", "and in the room"]);
        await Expect(hal.Page.Locator(".log")).ToBeHiddenAsync();
        var ivy = await site.JoinAsync("Ivy of the threads", scripts: false);
        await ivy.Page.GotoAsync($"/rooms/{Room}/messages/1/thread", new() { WaitUntil = WaitUntilState.Commit });
        await PlainReplyAsync(ivy, "by somebody else");
        await Expect(Streamed(hal)).ToHaveTextAsync(["plain root", "plain reply", "and in the room", "by somebody else"]);
        await hal.Page.GetByText("Unfollow").ClickAsync();
        await Expect(hal.Page.GetByRole(AriaRole.Button, new() { Name = "Follow", Exact = true })).ToBeVisibleAsync();

        await hal.Page.GetByText("Back to the room").ClickAsync();
        await Expect(stream.Locator(".message .text")).ToHaveTextAsync(["plain root", "and in the room"]);
        await stream.Locator(".thread-link").First.ClickAsync();
        await Expect(Streamed(hal)).ToHaveTextAsync(["plain root", "plain reply", "and in the room", "by somebody else"]);
    }

    [Fact]
    public async Task An_address_of_a_thread_opens_it_beside_its_room_and_a_phone_shows_it_over_the_room()
    {
        var (bob, cleo) = await TwoAsync("Threads by address");
        await bob.SayAsync("root");
        await OpenAsync(cleo, "root");
        await ReplyAsync(cleo, "found");
        await Expect(Replies(cleo)).ToHaveTextAsync(["found"]);
        await bob.Page.SetViewportSizeAsync(390, 800);

        await bob.Page.GotoAsync($"/rooms/{Room}/messages/2");

        await Expect(bob.Page).ToHaveURLAsync(new Regex($"/rooms/{Room}\\?thread=1"));
        await Expect(bob.Page.Locator("#m-2")).ToBeFocusedAsync();
        await Expect(bob.Page.Locator("#m-2")).ToHaveAttributeAsync("aria-current", "location");
        Assert.Equal(390, (await bob.Page.Locator("#thread").BoundingBoxAsync())!.Width);
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.Locator("#thread .close").ClickAsync();
        await Expect(bob.Composer).ToBeFocusedAsync();
        await Expect(bob.Page).ToHaveURLAsync(new Regex($"/rooms/{Room}$"));
    }

    [Fact]
    public async Task The_list_of_rooms_marks_what_is_new_in_threads_and_reading_one_takes_the_mark_away()
    {
        var (bob, cleo) = await TwoAsync("Threads marked");
        await bob.SayAsync("root");
        await OpenAsync(cleo, "root");

        await ReplyAsync(cleo, "news");

        await Expect(bob.Page.Locator("#threads-mark")).ToHaveTextAsync(new Regex("^1"));
        await bob.Page.GetByText("1 reply").ClickAsync();
        await Expect(bob.Page.Locator("#threads-mark")).ToBeEmptyAsync();
        await ReplyAsync(bob, "thanks");
        // The third reply is the sixth number: what a thread began with says anew how many there are.
        await bob.Page.RunAndWaitForResponseAsync(() => ReplyAsync(cleo, "more news"), r => r.Url.EndsWith("/read", StringComparison.Ordinal) && r.Request.PostData!.StartsWith("upto=6&", StringComparison.Ordinal));
        await Box(bob).PressAsync("Escape");
        await ReplyAsync(cleo, "even more");
        await Expect(Replies(cleo)).ToHaveCountAsync(4);
        await Expect(bob.Page.Locator("#threads-mark")).ToHaveTextAsync(new Regex("^1"));
        await bob.Page.GotoAsync("/threads");
        await Expect(bob.Page.Locator(".found li strong")).ToHaveTextAsync("1 new");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
    }

    [Fact]
    public async Task What_is_in_a_thread_is_edited_deleted_and_taken_back_there()
    {
        var (bob, cleo) = await TwoAsync("Threads changed");
        await bob.SayAsync("root");
        await OpenAsync(cleo, "root");
        await OpenAsync(bob, "root");
        await ReplyAsync(cleo, "frist");
        await Expect(Replies(bob)).ToHaveTextAsync(["frist"]);

        await InThreadAsync(cleo, 2, "Edit");
        await cleo.Page.Locator("#editor textarea").FillAsync("first");
        await cleo.Page.Keyboard.PressAsync("Enter");
        await Expect(Replies(bob).First).ToHaveTextAsync(new Regex("^first"));
        await Expect(cleo.Page.Locator("#editor")).ToBeEmptyAsync();
        await Expect(cleo.Page.Locator("#thread #m-2 .more")).ToBeFocusedAsync();
        await ReplyAsync(cleo, "too early");
        await Expect(Replies(bob)).ToHaveCountAsync(2);
        await cleo.Page.Locator("#sent button").ClickAsync();
        await Expect(Box(cleo)).ToHaveValueAsync("too early");
        await Expect(Replies(bob)).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator("#m-1 .thread-link")).ToHaveTextAsync(new Regex("^1 reply"));
        await InThreadAsync(cleo, 2, "Delete");
        await Expect(Replies(bob)).ToHaveTextAsync(["This message was deleted."]);
        await Expect(bob.Page.Locator("#m-1 .thread-link")).ToHaveCountAsync(0);
    }

    static async Task PlainReplyAsync(Visitor visitor, string text)
    {
        await Box(visitor).FillAsync(text);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(Box(visitor)).ToHaveValueAsync("");
    }

    static ILocator Streamed(Visitor visitor) => visitor.Page.FrameLocator("iframe.stream").Locator(".message .text");
}
