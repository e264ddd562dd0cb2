using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class ReactionTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("live")]
    [InlineData("fallback")]
    public async Task A_press_joins_and_leaves_and_all_see_it_by_whichever_carrier(string state)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = state == "fallback" };
        var (bob, cleo) = await TwoAsync($"Reacting {state}", proxy.Url, state);
        await bob.SayAsync("good news");
        await cleo.SeesAsync("good news");

        await OpenMenuAsync(cleo, "good news");
        await cleo.Page.Locator("#menu .quick button").First.ClickAsync();
        await ShowAsync(bob, "👍 1: Cleo in Reacting " + state, pressed: false);
        await ShowAsync(cleo, "👍 1: Cleo in Reacting " + state, pressed: true);

        await bob.Page.Locator(".reaction").ClickAsync();
        await ShowAsync(cleo, $"👍 2: Cleo in Reacting {state}, Bob in Reacting {state}", pressed: true);
        await ShowAsync(bob, $"👍 2: Cleo in Reacting {state}, Bob in Reacting {state}", pressed: true);
        var second = await bob.SecondTabAsync();
        await second.Page.GotoAsync(bob.Page.Url);
        await ShowAsync(second, $"👍 2: Cleo in Reacting {state}, Bob in Reacting {state}", pressed: true);

        await cleo.Page.Locator(".reaction").FocusAsync();
        await cleo.Page.Keyboard.PressAsync(" ");
        await ShowAsync(second, $"👍 1: Bob in Reacting {state}", pressed: true);
        await ShowAsync(cleo, $"👍 1: Bob in Reacting {state}", pressed: false);
        await bob.Page.Locator(".reaction").PressAsync("Enter");
        await Expect(cleo.Page.Locator(".reactions")).ToHaveCountAsync(0);
        Assert.Empty(bob.Complaints);
        if (state == "live") Assert.Empty(cleo.Complaints);
    }

    [Fact]
    public async Task What_is_mine_looks_so_and_the_names_show_when_it_is_pointed_at()
    {
        var (bob, cleo) = await TwoAsync("Looks");
        await bob.SayAsync("look at it");
        await OpenMenuAsync(bob, "look at it");
        await bob.Page.Locator("#menu .quick button").First.ClickAsync();
        await ShowAsync(cleo, "👍 1: Bob in Looks", pressed: false);
        await ShowAsync(bob, "👍 1: Bob in Looks", pressed: true);

        Assert.NotEqual(await BorderAsync(cleo), await BorderAsync(bob));
        await cleo.Page.Locator(".reaction").HoverAsync();
        Assert.Contains("Bob in Looks", await cleo.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.reaction'), '::after').content"), StringComparison.Ordinal);
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        static Task<string> BorderAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.reaction')).borderTopColor");
    }

    [Fact]
    public async Task What_was_pressed_while_a_page_was_cut_off_is_there_when_it_is_back()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var (bob, cleo) = await TwoAsync("Cut off from reactions", proxy.Url);
        await bob.SayAsync("while you were away");
        await cleo.SeesAsync("while you were away");
        proxy.Cut();
        await cleo.StatusBecomesAsync("reconnecting");

        await OpenMenuAsync(bob, "while you were away");
        await bob.Page.Locator("#menu .quick button").First.ClickAsync();
        await ShowAsync(bob, "👍 1: Bob in Cut off from reactions", pressed: true);
        proxy.Mend();
        await cleo.BecomesLiveAsync();

        await ShowAsync(cleo, "👍 1: Bob in Cut off from reactions", pressed: false);
    }

    [Fact]
    public async Task Any_emoji_is_found_by_its_name_and_comes_first_next_time_in_another_tab_too()
    {
        var (bob, cleo) = await TwoAsync("Picker");
        await bob.SayAsync("pick one");
        await OpenMenuAsync(bob, "pick one");
        await bob.Page.Locator("#menu .quick").GetByRole(AriaRole.Link, new() { Name = "More emoji" }).ClickAsync();
        await Expect(bob.Page.Locator("#menu [type=search]")).ToBeFocusedAsync();
        await Expect(bob.Page.Locator("#emoji button").First).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        await bob.Page.Keyboard.InsertTextAsync("hedgeh");
        await Expect(bob.Page.Locator("#emoji button")).ToHaveTextAsync(["🦔"]);
        await bob.Page.Locator("#emoji").EvaluateAsync("found => { found.dataset.was = ''; }");
        await bob.Page.Keyboard.PressAsync("Enter"); // searches
        await Expect(bob.Page.Locator("#emoji:not([data-was])")).ToBeVisibleAsync();
        await bob.Page.Locator("#emoji button").ClickAsync();

        await ShowAsync(cleo, "🦔 1: Bob in Picker", pressed: false);
        await Expect(bob.Page.Locator("#menu")).ToBeHiddenAsync();
        var second = await bob.SecondTabAsync();
        await second.EnterAsync(RoomOf(cleo));
        await OpenMenuAsync(second, "pick one");
        await Expect(second.Page.Locator("#menu .quick button").First).ToHaveTextAsync("🦔");
    }

    [Fact]
    public async Task On_a_page_of_older_messages_a_press_shows_at_once_as_well()
    {
        var (bob, _) = await TwoAsync("Older");
        await bob.SayAsync("long ago");
        await bob.SeesAsync("long ago");
        await bob.Page.GotoAsync($"/rooms/{RoomOf(bob)}/messages/1");
        await OpenMenuAsync(bob, "long ago");
        await bob.Page.Locator("#menu .quick button").First.ClickAsync();
        await ShowAsync(bob, "👍 1: Bob in Older", pressed: true);
        await Expect(bob.Page.Locator("#menu")).ToBeHiddenAsync();

        await bob.Page.Locator(".reaction").ClickAsync();
        await Expect(bob.Page.Locator(".reaction")).ToHaveCountAsync(0);
        await Expect(bob.Page.Locator("#m-1 .text")).ToHaveTextAsync("long ago");
    }

    [Fact]
    public async Task An_emoji_goes_into_the_text_where_it_is_being_written()
    {
        var (bob, cleo) = await TwoAsync("Writing");
        await bob.Composer.FillAsync("Hello world");
        await bob.Page.EvaluateAsync("document.getElementById('text').setSelectionRange(5, 5)");
        await bob.Page.Locator("#composer .tools summary").ClickAsync();
        await bob.Page.Locator("#composer .tools").GetByText("Emoji").ClickAsync();
        await Expect(bob.Page.Locator("#menu [type=search]")).ToBeFocusedAsync();
        await bob.Page.Keyboard.InsertTextAsync("waving");
        await Expect(bob.Page.Locator("#emoji button").First).ToHaveTextAsync("👋");
        await bob.Page.Locator("#emoji button").First.ClickAsync();

        await Expect(bob.Composer).ToHaveValueAsync("Hello👋 world");
        await Expect(bob.Composer).ToBeFocusedAsync();
        await Expect(bob.Page.Locator("#menu")).ToBeHiddenAsync();
        await bob.Page.Keyboard.PressAsync("Enter");
        await cleo.SeesAsync("Hello👋 world");
    }

    [Fact]
    public async Task The_pages_for_it_can_be_used_by_everybody()
    {
        var (bob, _) = await TwoAsync("Pages");
        await bob.SayAsync("look");
        await bob.SeesAsync("look");
        var at = $"/rooms/{RoomOf(bob)}/messages/1";
        foreach (var path in new[] { $"{at}/react", $"{at}/react?emoji=👍", $"{at}/reactions", "/emoji" })
        {
            await bob.Page.GotoAsync(path);
            await AccessTests.AxeFindsNothingAsync(bob.Page);
        }
    }

    [Fact]
    public async Task Without_script_a_reaction_is_a_link_to_a_page_with_a_button()
    {
        var hal = await site.JoinAsync("Hal who reacts", scripts: false);
        var room = await hal.CreateRoomAsync("Plain reactions");
        var stream = hal.Page.FrameLocator("iframe.stream");
        var composer = hal.Page.FrameLocator("iframe.composer");
        await composer.Locator("#text").FillAsync("plain");
        await composer.GetByText("Send").ClickAsync();
        await Expect(stream.Locator(".message .text")).ToHaveTextAsync("plain");

        await hal.Page.GotoAsync($"/rooms/{room}/messages/1/more");
        await hal.Page.GetByRole(AriaRole.Link, new() { Name = "More emoji" }).ClickAsync();
        await hal.Page.Locator("[name=q]").FillAsync("red heart");
        await hal.Page.GetByText("Show").ClickAsync();
        await hal.Page.Locator("#emoji button").First.ClickAsync();
        await Expect(stream.Locator(".reaction")).ToHaveAttributeAsync("aria-label", "❤️ 1: Hal who reacts");

        await stream.Locator(".reaction").ClickAsync();
        await hal.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("back$") }).ClickAsync();
        await Expect(stream.Locator(".message .text")).ToHaveTextAsync("plain");
        await Expect(stream.Locator(".reaction")).ToHaveCountAsync(0);
    }

    async Task<(Visitor Bob, Visitor Cleo)> TwoAsync(string name, string? url = null, string state = "live")
    {
        var (bob, cleo) = (await site.JoinAsync($"Bob in {name}"), await site.JoinAsync($"Cleo in {name}", url));
        var room = await bob.CreateRoomAsync(name);
        await bob.BecomesLiveAsync();
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await cleo.StatusBecomesAsync(state);
        return (bob, cleo);
    }

    static int RoomOf(Visitor visitor) => int.Parse(new Uri(visitor.Page.Url).AbsolutePath.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture);

    static async Task OpenMenuAsync(Visitor visitor, string text)
    {
        var message = visitor.MessageSaying(text);
        await message.ScrollIntoViewIfNeededAsync();
        await message.HoverAsync();
        await message.Locator(".more").ClickAsync();
        await Expect(visitor.Page.Locator("#menu .quick")).ToBeVisibleAsync();
    }

    static async Task ShowAsync(Visitor visitor, string reaction, bool pressed)
    {
        await Expect(visitor.Page.Locator(".reaction")).ToHaveAttributeAsync("aria-label", reaction);
        await Expect(visitor.Page.Locator(".reaction")).ToHaveAttributeAsync("aria-pressed", pressed ? "true" : "false");
    }
}
