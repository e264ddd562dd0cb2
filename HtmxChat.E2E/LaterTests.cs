using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What people pin for the room, and save, are reminded of and send later for themselves.</summary>
public sealed class LaterTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pin_shows_on_every_page_and_the_panel_lists_it(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (bob, cleo) = await TwoAsync(bySse ? "Pins by events" : "Pins", proxy.Url);
        await bob.SayAsync("the house rules");
        await cleo.SeesAsync("the house rules");
        await Expect(cleo.Page.Locator(".pinned")).ToBeHiddenAsync();

        await ChooseAsync(bob, "the house rules", "Pin");

        await Expect(bob.Page.Locator("#toast")).ToHaveTextAsync("Pinned.");
        await Expect(cleo.MessageSaying("the house rules").Locator(".pin")).ToHaveTextAsync("Pinned");
        await Expect(cleo.Page.Locator("#pins")).ToHaveTextAsync("1");
        await cleo.Page.Locator(".pinned > summary").ClickAsync();
        await Expect(cleo.Page.Locator(".pinned .kept .text")).ToHaveTextAsync("the house rules");
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
        await cleo.Page.Locator(".pinned .kept").GetByRole(AriaRole.Button).ClickAsync();

        await Expect(cleo.Page.Locator("#pins")).ToBeEmptyAsync();
        await Expect(bob.Page.Locator(".pinned")).ToBeHiddenAsync();
        await Expect(bob.Page.Locator(".pin")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_pin_that_was_put_in_while_a_page_was_cut_off_is_there_when_it_is_back()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var (bob, cleo) = await TwoAsync("Pins meanwhile", proxy.Url);
        await bob.SayAsync("pinned meanwhile");
        await cleo.SeesAsync("pinned meanwhile");

        proxy.Cut();
        await cleo.StatusBecomesAsync("reconnecting");
        await ChooseAsync(bob, "pinned meanwhile", "Pin");
        await Expect(bob.Page.Locator(".pin")).ToHaveCountAsync(1);
        proxy.Mend();
        await cleo.BecomesLiveAsync();

        await Expect(cleo.Page.Locator("#pins")).ToHaveTextAsync("1");
        await Expect(cleo.Page.Locator(".pin")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_saved_from_the_menu_is_in_the_list_and_goes_from_there()
    {
        var (bob, _) = await TwoAsync("Saving");
        await bob.SayAsync("worth a second look");
        await bob.SeesAsync("worth a second look");

        await ChooseAsync(bob, "worth a second look", "Save for later");
        await Expect(bob.Page.Locator("#toast")).ToHaveTextAsync("Saved. It is under “Later”.");
        await OpenMenuAsync(bob, "worth a second look");
        await Expect(bob.Page.Locator("#menu")).ToContainTextAsync("Remove from saved");
        await bob.Page.Keyboard.PressAsync("Escape");

        foreach (var page in new[] { "pin", "save", "remind" })
        {
            await bob.Page.GotoAsync($"/rooms/{await RoomOfAsync(bob)}/messages/1/{page}");
            await AccessTests.AxeFindsNothingAsync(bob.Page);
            await bob.Page.GoBackAsync();
        }
        await bob.Page.Locator("#rooms").GetByText("Later").ClickAsync();
        await Expect(bob.Page.Locator(".kept .text")).ToHaveTextAsync("worth a second look");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.Locator(".kept button").ClickAsync();
        await Expect(bob.Page.Locator(".kept")).ToHaveCountAsync(0);
        await AccessTests.AxeFindsNothingAsync(bob.Page);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reminder_comes_to_all_tabs_and_stays_until_it_is_done_in_one(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        await using var database = new Database(site);
        var (_, cleo) = await TwoAsync(bySse ? "Reminders by events" : "Reminders", proxy.Url);
        await cleo.SayAsync("water the plants");
        await cleo.SeesAsync("water the plants");
        var second = await cleo.SecondTabAsync();
        await second.Page.GotoAsync("/rooms/1");
        await second.StatusBecomesAsync(bySse ? "fallback" : "live");

        await OpenMenuAsync(cleo, "water the plants");
        await cleo.Page.Locator("#menu").GetByText("Remind me…").ClickAsync();
        await Expect(cleo.Page.Locator("#menu #at")).ToBeFocusedAsync();
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
        await cleo.Page.Locator("#menu #at").FillAsync("2020-01-01T09:00");
        await cleo.Page.Locator("#menu form").EvaluateAsync("form => { form.noValidate = true; }");
        await cleo.Page.Locator("#menu").GetByText("Remind me", new() { Exact = true }).ClickAsync();
        await Expect(cleo.Page.Locator("#menu #when-problem")).ToHaveTextAsync(new Regex("^That time is over"));
        await cleo.Page.Locator("#menu").GetByText("In 1 hour").ClickAsync();
        await Expect(cleo.Page.Locator("#toast")).ToHaveTextAsync(new Regex("^You will be reminded on "));
        await cleo.Composer.FillAsync("half-typ");
        Assert.Equal(1, await database.ExecuteAsync("update reminders set due_at_ms = 1 where told_at_ms is null"));

        foreach (var tab in new[] { cleo, second })
        {
            await Expect(tab.Page.Locator("#due p")).ToContainTextAsync("water the plants");
            await Expect(tab.Page.Locator("#later-mark")).ToHaveTextAsync("1 due");
        }
        await Expect(cleo.Composer).ToHaveValueAsync("half-typ");
        await AccessTests.AxeFindsNothingAsync(second.Page);
        await second.Page.ReloadAsync();
        await Expect(second.Page.Locator("#due p")).ToContainTextAsync("water the plants");
        await second.Page.Locator("#due").GetByRole(AriaRole.Button).ClickAsync();

        await Expect(second.Page.Locator("#due p")).ToHaveCountAsync(0);
        await Expect(cleo.Page.Locator("#due p")).ToHaveCountAsync(0);
        await Expect(cleo.Page.Locator("#later-mark")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task What_is_typed_is_sent_later_from_the_composers_menu()
    {
        await using var database = new Database(site);
        var (bob, cleo) = await TwoAsync("Scheduling");
        await bob.Composer.FillAsync("happy birthday");

        await bob.Page.Locator("#composer .tools > summary").ClickAsync();
        await bob.Page.Locator("#composer").GetByText("Send later").ClickAsync();
        await Expect(bob.Page.Locator("#text")).ToHaveValueAsync("happy birthday");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.GetByText("Tomorrow at 9:00").ClickAsync();
        await Expect(bob.Page).ToHaveURLAsync(new Regex("/later/scheduled$"));
        await Expect(bob.Page.Locator(".kept .text")).ToHaveTextAsync("happy birthday");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.GetByText("Change").ClickAsync();
        await bob.Page.Locator("#text").FillAsync("happy birthday, Ada");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.GetByText("Save", new() { Exact = true }).ClickAsync();
        await Expect(bob.Page.Locator(".kept .text")).ToHaveTextAsync("happy birthday, Ada");
        Assert.Equal(1, await database.ExecuteAsync("update scheduled set due_at_ms = 1"));

        await cleo.SeesAsync("happy birthday, Ada");
        await bob.Page.ReloadAsync();
        await Expect(bob.Page.Locator(".kept")).ToHaveCountAsync(0);
        await bob.EnterAsync(await RoomOfAsync(cleo));
        Assert.Equal("happy birthday, Ada", Assert.Single(await bob.TextsAsync()));
    }

    [Fact]
    public async Task Without_script_all_of_it_is_pages_and_forms()
    {
        await using var database = new Database(site);
        var hal = await site.JoinAsync("Hal who keeps", scripts: false);
        var room = await hal.CreateRoomAsync("Plain keeping");
        var composer = hal.Page.FrameLocator("iframe.composer");
        await composer.Locator("#text").FillAsync("plain and kept");
        await composer.GetByText("Send", new() { Exact = true }).ClickAsync();
        await Expect(hal.Page.FrameLocator("iframe.stream").Locator(".message .text")).ToHaveTextAsync("plain and kept");
        foreach (var (action, button) in new[] { ("pin", "Pin"), ("save", "Save for later"), ("remind", "In 1 hour") })
        {
            await hal.Page.GotoAsync($"/rooms/{room}/messages/1/{action}");
            await hal.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        }
        var elsewhere = await site.ComeAsync();
        await elsewhere.SendFormAsync("/sign-in", ("Name", "Hal who keeps"), ("Password", Site.Password));
        await elsewhere.EnterAsync(room);
        Assert.Equal(1, await database.ExecuteAsync("update reminders set due_at_ms = 1 where told_at_ms is null"));

        await hal.Page.GotoAsync($"/rooms/{room}/pins");
        await Expect(hal.Page.Locator(".kept .text")).ToHaveTextAsync("plain and kept");
        await hal.Page.GotoAsync("/later");
        await Expect(hal.Page.Locator(".kept .text")).ToHaveTextAsync("plain and kept");
        await hal.Page.Locator(".kept button").ClickAsync();
        await Expect(hal.Page.Locator(".kept")).ToHaveCountAsync(0);
        await Expect(elsewhere.Page.Locator("#due p")).ToContainTextAsync("plain and kept");
        await hal.Page.GotoAsync($"/rooms/{room}", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(hal.Page.Locator("#due p")).ToContainTextAsync("plain and kept");
        await hal.Page.Locator("#due button").ClickAsync();
        await Expect(hal.Page.Locator("h1")).ToHaveTextAsync("Reminders");
        await Expect(hal.Page.Locator(".kept")).ToHaveCountAsync(0);

        await hal.Page.GotoAsync($"/rooms/{room}/later");
        await hal.Page.Locator("#text").FillAsync("in a while");
        await hal.Page.GetByText("In 3 hours").ClickAsync();
        await hal.Page.GetByText("Send now").ClickAsync();
        await Expect(hal.Page.Locator(".kept")).ToHaveCountAsync(0);
        await hal.Page.GotoAsync($"/rooms/{room}", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(hal.Page.FrameLocator("iframe.stream").Locator(".message .text").Last).ToHaveTextAsync("in a while");
    }

    async Task<(Visitor Bob, Visitor Cleo)> TwoAsync(string name, string? url = null)
    {
        var (bob, cleo) = (await site.JoinAsync($"Bob in {name}"), await site.JoinAsync($"Cleo in {name}", url));
        var room = await bob.CreateRoomAsync(name);
        await bob.BecomesLiveAsync();
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await Expect(cleo.Page.Locator("#status")).ToHaveAttributeAsync("data-state", new Regex("^(live|fallback)$"));
        return (bob, cleo);
    }

    static async Task<int> RoomOfAsync(Visitor visitor) => int.Parse((await visitor.Page.GetAttributeAsync("#live", "data-room"))!, System.Globalization.CultureInfo.InvariantCulture);

    static async Task OpenMenuAsync(Visitor visitor, string text)
    {
        await visitor.MessageSaying(text).HoverAsync();
        await visitor.MessageSaying(text).Locator(".more").ClickAsync();
        await Expect(visitor.Page.Locator("#menu .actions")).ToBeVisibleAsync();
    }

    static async Task ChooseAsync(Visitor visitor, string text, string action)
    {
        await OpenMenuAsync(visitor, text);
        await visitor.Page.Locator("#menu").GetByText(action, new() { Exact = true }).ClickAsync();
    }
}
