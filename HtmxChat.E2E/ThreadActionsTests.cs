using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What people do with the messages of a thread that is open beside the room, or over it on a phone.</summary>
public sealed class ThreadActionsTests(Site site) : ThreadScene(site), IClassFixture<Site>
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task A_reply_is_reacted_to_edited_deleted_and_restored_while_another_looks_on(int width, bool byEvents)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = byEvents };
        var (bob, cleo) = await WithReplyAsync($"Actions at {width}{(byEvents ? " by events" : "")}", proxy.Url, byEvents, width);
        ILocator Reaction(Visitor visitor) => visitor.Page.Locator("#thread #m-2 .reaction");

        await OpenMenuAsync(cleo, 2);
        await cleo.Page.Locator("#menu .quick button").First.ClickAsync();
        foreach (var who in new[] { bob, cleo }) await Expect(Reaction(who).Locator("span")).ToHaveTextAsync("1");
        await Expect(cleo.Page.Locator("#thread #m-2 .more")).ToBeFocusedAsync();
        await Reaction(bob).ClickAsync();
        foreach (var who in new[] { bob, cleo }) await Expect(Reaction(who).Locator("span")).ToHaveTextAsync("2");
        await Expect(Reaction(bob)).ToHaveAttributeAsync("aria-pressed", "true");
        await OpenMenuAsync(cleo, 2);
        await cleo.Page.Locator("#menu").GetByLabel("More emoji").ClickAsync();
        await cleo.Page.Locator("#emoji div button").Last.ClickAsync();
        await Expect(Reaction(bob)).ToHaveCountAsync(2);

        await Box(cleo).PressAsync("ArrowUp");
        await Expect(cleo.Page.Locator("#editor textarea")).ToBeFocusedAsync();
        await Expect(cleo.Page.Locator("#editor textarea")).ToBeInViewportAsync();
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
        await cleo.Page.Locator("#editor textarea").FillAsync("a better reply");
        await cleo.Page.Locator("#editor").GetByText("Save").ClickAsync();
        await Expect(Replies(bob)).ToHaveTextAsync([new Regex("^a better reply")]);
        await Expect(Box(cleo)).ToBeFocusedAsync();

        await InThreadAsync(cleo, 2, "Delete");
        await Expect(Replies(bob)).ToHaveTextAsync(["This message was deleted."]);
        await cleo.Page.Locator("#toast button").ClickAsync();
        await Expect(Replies(bob)).ToHaveTextAsync([new Regex("^a better reply")]);
        await Expect(cleo.Page.Locator("#toast")).ToBeEmptyAsync();
        await Expect(cleo.Page.Locator("#thread :focus")).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator("#m-1 .thread-link")).ToHaveTextAsync(new Regex("^1 reply"));
        Assert.DoesNotContain(bob.Complaints, c => !c.Contains("WebSocket", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_reply_is_pinned_saved_copied_passed_on_and_reported_and_comes_back_as_a_reminder(int width)
    {
        var (bob, cleo) = await WithReplyAsync($"Keeping at {width}", width: width);
        var toast = bob.Page.Locator("#toast");

        foreach (var (action, words) in new[] { ("Save for later", "Saved."), ("Pin", "Pinned."), ("Copy link", "Copied.") })
        {
            await InThreadAsync(bob, 2, action);
            await Expect(toast).ToContainTextAsync(words);
            await Expect(toast).ToBeInViewportAsync();
            await Expect(bob.Page.Locator("#thread #m-2 .more")).ToBeFocusedAsync();
        }
        await Expect(cleo.Page.Locator("#thread #m-2 .pin")).ToBeVisibleAsync();
        await Box(bob).FillAsync("typed meanwhile");
        await Expect(toast).ToBeEmptyAsync();
        await Expect(Box(bob)).ToBeFocusedAsync();
        await InThreadAsync(bob, 2, "Remind me…");
        await bob.Page.Locator("#menu .remind [type=submit]").First.ClickAsync();
        await Expect(toast).ToContainTextAsync("You will be reminded");

        await InThreadAsync(bob, 2, "Forward…");
        await Expect(bob.Page.Locator("main")).ToContainTextAsync("a reply");
        await bob.Page.GoBackAsync();
        await Expect(Replies(bob)).ToHaveTextAsync(["a reply"]);
        await InThreadAsync(bob, 2, "Report");
        await Expect(bob.Page.Locator("h1")).ToContainTextAsync("Report");
        await bob.Page.GotoAsync("/later");
        await bob.Page.Locator(".found a, main li a").GetByText("a reply").Or(bob.Page.Locator($"main a[href='/rooms/{Room}/messages/2']")).First.ClickAsync();
        await Expect(bob.Page.Locator("#thread #m-2")).ToBeFocusedAsync();
        await bob.Page.Locator("#thread #m-2 .by time").ClickAsync();
        await Expect(bob.Page).ToHaveURLAsync(new Regex($"/rooms/{Room}\\?thread=1"));
        await Expect(bob.Page.Locator("#thread #m-2")).ToHaveAttributeAsync("aria-current", "location");
    }

    [Fact]
    public async Task By_keys_alone_the_focus_comes_back_to_the_message_in_the_thread()
    {
        var (bob, cleo) = await WithReplyAsync("Thread by keys");
        var (keys, reply, menu) = (cleo.Page.Keyboard, cleo.Page.Locator("#thread #m-2"), cleo.Page.Locator("#menu"));
        await cleo.Page.Locator("#thread .log").FocusAsync();
        await keys.PressAsync("End");
        await Expect(reply).ToBeFocusedAsync();

        await keys.PressAsync("e");
        await Expect(cleo.Page.Locator("#editor textarea")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(reply).ToBeFocusedAsync();
        await keys.PressAsync("e");
        await Expect(cleo.Page.Locator("#editor textarea")).ToBeFocusedAsync();
        await keys.PressAsync("Control+End");
        await keys.TypeAsync(", edited");
        await keys.PressAsync("Enter");
        await Expect(Replies(bob)).ToHaveTextAsync([new Regex("^a reply, edited")]);
        await Expect(reply).ToBeFocusedAsync();

        await keys.PressAsync("m");
        await Expect(menu.Locator("a, button").First).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(bob.Page.Locator("#thread #m-2 .reaction")).ToHaveCountAsync(1);
        await Expect(menu).ToBeHiddenAsync();
        await Expect(reply).ToBeFocusedAsync();

        await keys.PressAsync("Delete");
        await Expect(menu.GetByText("Delete")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(cleo.Page.Locator("#toast button")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(Replies(bob)).ToHaveTextAsync([new Regex("^a reply, edited")]);
        await Expect(reply).ToBeFocusedAsync();

        await keys.PressAsync("Delete");
        await Expect(menu.GetByText("Delete")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(cleo.Page.Locator("#toast button")).ToBeFocusedAsync();
        await Expect(cleo.Page.Locator("#toast")).ToBeEmptyAsync();
        await Expect(reply).ToBeFocusedAsync();
        await Expect(cleo.Composer).Not.ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_answers_a_message_in_the_panel_is_written_in_the_thread()
    {
        var (_, cleo) = await WithReplyAsync("Answering in a thread");
        await cleo.Page.Locator(".also input").CheckAsync();
        await ReplyAsync(cleo, "in both");
        await Expect(Replies(cleo)).ToHaveCountAsync(2);

        await OpenMenuAsync(cleo, 2);
        await Expect(cleo.Page.Locator("#menu").GetByText("Answer", new() { Exact = true })).ToHaveCountAsync(0);
        await cleo.Page.Keyboard.PressAsync("Escape");
        await cleo.Page.Locator("#thread #m-4t").HoverAsync();
        await cleo.Page.Locator("#thread #m-4t .more").ClickAsync();
        await cleo.Page.Locator("#menu").GetByText("Answer", new() { Exact = true }).ClickAsync();

        await Expect(Box(cleo)).ToBeFocusedAsync();
        await Expect(cleo.Page.Locator("#answering")).ToBeEmptyAsync();
        await Expect(cleo.Page.Locator("#menu")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Where_what_a_thread_began_with_is_deleted_nobody_writes_and_when_it_is_restored_they_do()
    {
        var (bob, cleo) = await WithReplyAsync("Threads without a beginning");
        await Box(cleo).FillAsync("half-typed");

        await bob.Page.Locator("#thread .root .more").ClickAsync();
        await bob.Page.Locator("#menu").GetByText("Delete", new() { Exact = true }).ClickAsync();
        await Expect(cleo.Page.Locator("#thread .root .text")).ToHaveTextAsync("This message was deleted.");
        await Expect(cleo.Page.Locator("#thread .ended")).ToBeVisibleAsync();
        await Expect(Box(cleo)).ToHaveValueAsync("half-typed");
        await Expect(Box(cleo)).ToBeVisibleAsync();
        await Expect(Box(bob)).ToBeHiddenAsync();
        await bob.Page.Locator("#toast button").ClickAsync();
        await Expect(bob.Page.Locator("#thread .root .text")).ToHaveTextAsync("root");

        await Expect(Box(bob)).ToBeVisibleAsync();
        await Expect(cleo.Page.Locator("#thread .ended")).ToBeHiddenAsync();
        await Box(cleo).PressAsync("Enter");
        await Expect(Replies(bob)).ToHaveTextAsync(["a reply", "half-typed"]);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task An_open_thread_is_a_landmark_with_a_name_that_takes_the_focus_and_gives_it_back(int width)
    {
        var (bob, _) = await WithReplyAsync($"A landmark at {width}", width: width);
        var panel = bob.Page.GetByRole(AriaRole.Complementary, new() { Name = "Thread", Exact = true });
        await bob.Page.Locator("#thread .close").ClickAsync();
        await bob.Page.Locator("#m-1 .thread-link").FocusAsync();
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(Box(bob)).ToBeFocusedAsync();
        await Expect(panel).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        for (var stops = 0; stops < 40 && width == 390; stops++)
        {
            await bob.Page.Keyboard.PressAsync("Tab");
            await Expect(bob.Page.Locator("#live > :not(#thread):focus-within")).ToHaveCountAsync(0); // what it lies over
        }

        await Box(bob).PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);
        await Expect(bob.Page.Locator("#m-1 .thread-link")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_typed_in_a_thread_outlives_a_reload_and_is_there_on_another_device_until_it_is_sent(bool byEvents)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = byEvents };
        var (_, cleo) = await WithReplyAsync(byEvents ? "Thread drafts by events" : "Thread drafts", proxy.Url, byEvents);
        var state = byEvents ? "fallback" : "live";
        await cleo.Composer.FillAsync("for the room");

        await Box(cleo).FillAsync("typed a moment ago");
        await cleo.Page.ReloadAsync();
        await Expect(Box(cleo)).ToHaveValueAsync("typed a moment ago");
        await Expect(cleo.Composer).ToHaveValueAsync("for the room");
        await cleo.StatusBecomesAsync(state);

        await Box(cleo).FillAsync("typed a while ago");
        var second = await cleo.SecondTabAsync();
        await Expect(cleo.Page.Locator("#thread [name=kept]")).ToHaveValueAsync("typed a while ago");
        await second.Page.GotoAsync($"/rooms/{Room}?thread=1");
        await Expect(Box(second)).ToHaveValueAsync("typed a while ago");
        await cleo.Page.Locator("#thread .close").ClickAsync();
        await cleo.Page.Locator("#m-1 .thread-link").ClickAsync();
        await Expect(Box(cleo)).ToHaveValueAsync("typed a while ago");

        await Box(cleo).PressAsync("Enter");
        await Expect(Replies(cleo)).ToHaveTextAsync(["a reply", "typed a while ago"]);
        await Expect(cleo.Page.Locator(".unsent")).ToHaveCountAsync(0);
        await cleo.Page.ReloadAsync();
        await Expect(Replies(cleo)).ToHaveCountAsync(2);
        await Expect(Box(cleo)).ToHaveValueAsync("");
    }

    readonly Site site = site;

    async Task<(Visitor Bob, Visitor Cleo)> WithReplyAsync(string name, string? cleosUrl = null, bool byEvents = false, int width = 1280)
    {
        var (bob, cleo) = await TwoAsync(name, cleosUrl, byEvents);
        foreach (var who in new[] { bob, cleo }) await who.Page.SetViewportSizeAsync(width, 800);
        await bob.SayAsync("root");
        await OpenAsync(bob, "root");
        await OpenAsync(cleo, "root");
        await ReplyAsync(cleo, "a reply");
        foreach (var who in new[] { bob, cleo }) await Expect(Replies(who)).ToHaveTextAsync(["a reply"]);
        await Expect(cleo.Page.Locator(".unsent")).ToHaveCountAsync(0);
        return (bob, cleo);
    }
}
