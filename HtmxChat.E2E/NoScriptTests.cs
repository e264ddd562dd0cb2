using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class NoScriptTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Two_people_without_script_talk_live_through_the_streamed_page()
    {
        var bob = await site.JoinAsync("Bob", scripts: false);
        var room = await bob.CreateRoomAsync("Plain");
        var cleo = await site.JoinAsync("Cleo", scripts: false);
        await OpenAsync(bob, room);
        await OpenAsync(cleo, room);

        await SendAsync(bob, "hello");
        await Expect(Streamed(cleo, "hello")).ToBeVisibleAsync();
        await SendAsync(cleo, "hello yourself");

        await Expect(Streamed(bob, "hello yourself")).ToBeVisibleAsync();
        await Expect(Streamed(bob, "hello")).ToHaveCountAsync(1);
        await Expect(Form(bob).Locator("#text")).ToHaveValueAsync("");
        await Expect(bob.Page.Locator("#composer")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Whoever_never_wants_scripts_is_sent_none_by_a_browser_that_would_run_them_and_talks_live()
    {
        var ida = await site.JoinAsync("Ida");
        await ida.Page.GotoAsync("/account/comfort");
        await ida.Page.CheckAsync("[name=NeverScripts]");
        await ida.Page.ClickAsync("main button");
        await Expect(ida.Page.Locator("[name=NeverScripts]")).ToBeCheckedAsync();
        var asked = new List<string>();
        ida.Page.Request += (_, request) => asked.Add(request.ResourceType);

        await OpenAsync(ida, Site.Lobby);
        await SendAsync(ida, "without any script");

        await Expect(Streamed(ida, "without any script")).ToBeVisibleAsync();
        var bob = await site.JoinAsync("Jon");
        await bob.BecomesLiveAsync();
        await bob.SayAsync("with some");
        await Expect(Streamed(ida, "with some")).ToBeVisibleAsync();
        await Expect(ida.Page.Locator("#scroller")).ToBeHiddenAsync();
        Assert.DoesNotContain("script", asked);
        Assert.Empty(ida.Complaints);
    }

    [Fact]
    public async Task Sending_the_same_form_twice_makes_one_message()
    {
        var dora = await site.JoinAsync("Dora", scripts: false);
        var room = await dora.CreateRoomAsync("Twice");
        await dora.Page.GotoAsync($"/rooms/{room}/composer");

        await dora.Page.FillAsync("#text", "only once");
        await dora.Page.DblClickAsync("#text ~ button");
        await Expect(dora.Composer).ToHaveValueAsync("");
        await dora.Page.GoBackAsync();
        await dora.Page.FillAsync("#text", "only once");
        await dora.Page.ReloadAsync();

        await dora.Page.GotoAsync($"/rooms/{room}", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(Streamed(dora, "only once")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_cannot_be_sent_comes_back_with_a_word_and_its_text()
    {
        var eve = await site.JoinAsync("Eve", scripts: false);
        var room = await eve.CreateRoomAsync("Too long");
        await OpenAsync(eve, room);

        await SendAsync(eve, new string('x', 10_001));

        await Expect(Form(eve).Locator("#problem")).ToContainTextAsync("10,001 characters");
        await Expect(Form(eve).Locator("#text")).ToHaveValueAsync(new string('x', 10_001));
    }

    [Fact]
    public async Task The_stream_comes_back_by_itself_after_the_server_was_killed()
    {
        var fay = await site.JoinAsync("Fay", scripts: false);
        var room = await fay.CreateRoomAsync("Back again");
        await OpenAsync(fay, room);
        await SendAsync(fay, "before");
        await Expect(Streamed(fay, "before")).ToBeVisibleAsync();

        await site.Server.KillAsync();
        await site.Server.StartAsync();
        var gus = await site.JoinAsync("Gus");
        await gus.PostManyAsync("after", 1, room);

        await Expect(Streamed(fay, "after 1")).ToBeVisibleAsync();
        await Expect(Streamed(fay, "before")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Older_messages_are_a_link_away()
    {
        var hal = await site.JoinAsync("Hal", scripts: false);
        var room = await hal.CreateRoomAsync("Pages");
        await hal.PostManyAsync("line", 50, room);

        await hal.Page.GotoAsync($"/rooms/{room}?before=11");

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"line {i}"), await hal.TextsAsync());
        await Expect(hal.MessageSaying("line 10")).ToBeInViewportAsync();
        await hal.Page.ClickAsync(".onward a");
        await Expect(Streamed(hal, "line 50")).ToBeVisibleAsync();
    }

    // The page holds a frame that never ends, so its loading never ends either.
    static async Task OpenAsync(Visitor visitor, int room) => await visitor.Page.GotoAsync($"/rooms/{room}", new() { WaitUntil = WaitUntilState.Commit });

    static async Task SendAsync(Visitor visitor, string text)
    {
        await Form(visitor).Locator("#text").FillAsync(text);
        await Form(visitor).Locator("#text ~ button").ClickAsync();
    }

    static IFrameLocator Form(Visitor visitor) => visitor.Page.FrameLocator("iframe.composer");

    static ILocator Streamed(Visitor visitor, string text) =>
        visitor.Page.FrameLocator("iframe.stream").Locator(".message .text").GetByText(text, new() { Exact = true });
}
