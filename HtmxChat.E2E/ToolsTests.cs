using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What can be done with a text before it is sent.</summary>
public sealed class ToolsTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_preview_appears_above_the_line_keeps_the_text_and_goes_when_it_is_sent()
    {
        var ida = await site.JoinAsync("Ida");
        await ida.BecomesLiveAsync();
        await ida.Composer.FillAsync("one\ntwo");

        await ida.Page.ClickAsync(".tools > summary");
        await ida.Page.GetByText("Preview").ClickAsync();

        await Expect(ida.Page.Locator("#tool").GetByText("This is how it will look")).ToBeVisibleAsync();
        await Expect(ida.Page.Locator("#tool .trial .text")).ToHaveTextAsync("one\ntwo", new() { UseInnerText = true });
        await Expect(ida.Page.Locator("details.tools")).Not.ToHaveAttributeAsync("open", "");
        await Expect(ida.Composer).ToBeFocusedAsync();
        await Expect(ida.Composer).ToHaveValueAsync("one\ntwo");
        await AccessTests.AxeFindsNothingAsync(ida.Page);
        await ida.Composer.PressAsync("Enter");
        await Expect(ida.Messages.Last.Locator(".text")).ToHaveTextAsync("one\ntwo", new() { UseInnerText = true });
        await Expect(ida.Page.Locator("#tool")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task The_menu_opens_and_closes_by_keys_and_closes_when_something_else_is_pressed()
    {
        var jim = await site.JoinAsync("Jim", with: o => o.ViewportSize = new() { Width = 390, Height = 700 });
        await jim.BecomesLiveAsync();
        var (menu, summary) = (jim.Page.Locator("details.tools > div"), jim.Page.Locator(".tools > summary"));

        await summary.FocusAsync();
        await jim.Page.Keyboard.PressAsync("Enter");
        await Expect(menu).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(jim.Page);
        Assert.True(await jim.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"), "nothing sticks out at the side");
        await jim.Page.Keyboard.PressAsync("Tab");
        await jim.Page.Keyboard.PressAsync("Escape");

        await Expect(menu).ToBeHiddenAsync();
        await Expect(summary).ToBeFocusedAsync();
        await summary.ClickAsync();
        await Expect(menu).ToBeInViewportAsync();
        await jim.Page.ClickAsync("#status");
        await Expect(menu).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Nothing_to_preview_is_said_and_too_much_as_well()
    {
        var kay = await site.JoinAsync("Kay");
        await kay.BecomesLiveAsync();

        await kay.Page.ClickAsync(".tools > summary");
        await kay.Page.GetByText("Preview").ClickAsync();
        await Expect(kay.Page.Locator("#tool .problem")).ToHaveTextAsync("Write something first.");

        await kay.Composer.FillAsync(new string('x', 10_001));
        await kay.Page.ClickAsync(".tools > summary");
        await kay.Page.GetByText("Preview").ClickAsync();
        await Expect(kay.Page.Locator("#tool .problem")).ToContainTextAsync("10,001 characters");
        Assert.Empty(kay.Complaints);
        await kay.Page.GotoAsync("/rooms/1/preview");
        await AccessTests.AxeFindsNothingAsync(kay.Page);
    }

    [Fact]
    public async Task Without_script_the_tools_are_on_a_page_of_their_own_with_the_text_and_lead_back_to_the_room()
    {
        var lou = await site.JoinAsync("Lou", scripts: false);
        var room = await lou.CreateRoomAsync("Plain tools");
        await lou.Page.GotoAsync($"/rooms/{room}", new() { WaitUntil = WaitUntilState.Commit });
        var form = lou.Page.FrameLocator("iframe.composer");
        await form.Locator("#text").FillAsync("half a");

        await form.GetByLabel("More").ClickAsync();
        await Expect(lou.Page.Locator("h1")).ToHaveTextAsync("Write to Plain tools");
        await Expect(lou.Composer).ToHaveValueAsync("half a");
        await lou.Composer.FillAsync("half a thought\nmore");
        await lou.Page.GetByText("Preview").ClickAsync();

        await Expect(lou.Page.Locator(".trial .text")).ToHaveTextAsync("half a thought\nmore", new() { UseInnerText = true });
        await Expect(lou.Composer).ToHaveValueAsync("half a thought\nmore");
        await lou.Page.GetByText("Send", new() { Exact = true }).ClickAsync();
        await Expect(lou.Page.FrameLocator("iframe.stream").GetByText("half a thought")).ToBeVisibleAsync();
        await Expect(lou.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/rooms/{room}#m-"));
    }
}
