using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class PollTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("live")]
    [InlineData("fallback")]
    public async Task A_poll_is_made_by_a_form_and_counted_live_by_whichever_carrier(string state)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = state == "fallback" };
        var (bob, cleo) = (await site.JoinAsync($"Bob asks {state}"), await site.JoinAsync($"Cleo votes {state}", proxy.Url));
        var room = await bob.CreateRoomAsync($"Polls {state}");
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await cleo.StatusBecomesAsync(state);

        await bob.Page.GotoAsync($"/rooms/{room}/poll");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.GetByLabel("Question").FillAsync("Where do we eat?");
        await bob.Page.GetByLabel("Answer 1", new() { Exact = true }).FillAsync("Pizza");
        await bob.Page.GetByLabel("Answer 2").FillAsync("Soup");
        await bob.Page.GetByText("More answers").ClickAsync();
        await bob.Page.GetByLabel("Answer 10").FillAsync("Nothing");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await bob.BecomesLiveAsync();
        await cleo.SeesAsync("Where do we eat?");
        await Expect(cleo.Page.Locator(".answer")).ToHaveTextAsync(["Pizza 0", "Soup 0", "Nothing 0"]);

        var clock = await bob.Page.Locator("#m-1 .by time").TextContentAsync();
        await cleo.Page.Locator(".answer").First.ClickAsync();
        await Expect(bob.Page.Locator(".answer")).ToHaveTextAsync(["Pizza 1", "Soup 0", "Nothing 0"]);
        await Expect(cleo.Page.Locator(".answer").First).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(bob.Page.Locator(".answer").First).ToHaveAttributeAsync("aria-pressed", "false");
        await cleo.Page.Locator(".answer").Nth(1).ClickAsync(); // one only
        await bob.Page.Locator(".answer").Nth(1).ClickAsync();
        foreach (var visitor in new[] { bob, cleo }) await Expect(visitor.Page.Locator(".answer")).ToHaveTextAsync(["Pizza 0", "Soup 2", "Nothing 0"]);
        await Expect(bob.Page.Locator("#m-1 .by time")).ToHaveTextAsync(clock!); // still by the reader's own clock
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        await bob.Page.GetByText("Who voted").ClickAsync();
        await Expect(bob.Page.GetByText($"Cleo votes {state}, Bob asks {state}")).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.GetByText("Close the poll").ClickAsync();
        await Expect(cleo.Page.Locator(".poll small")).ToContainTextAsync("closed");
        await cleo.Page.Locator(".answer").First.ClickAsync();
        await Expect(cleo.Page.Locator("#toast")).ToHaveTextAsync("This poll is closed: nobody can vote in it any more.");
    }

    [Fact]
    public async Task What_was_typed_in_the_room_becomes_the_question_and_a_command_in_it_is_text()
    {
        var bob = await site.JoinAsync("Bob who typed");
        await bob.CreateRoomAsync("Polls from the line");
        await bob.Composer.FillAsync("/topic or not?");
        await bob.Page.Locator("#composer .tools summary").ClickAsync();
        await bob.Page.Locator("#composer .tools").GetByText("Poll").ClickAsync();

        await Expect(bob.Page.GetByLabel("Question")).ToHaveValueAsync("/topic or not?");
        await bob.Page.GetByLabel("Answer 1", new() { Exact = true }).FillAsync("Yes");
        await bob.Page.GetByLabel("Answer 2").FillAsync("No");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await bob.SeesAsync("/topic or not?");
    }

    [Fact]
    public async Task Votes_while_a_page_was_cut_off_are_there_when_it_is_back()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var (bob, cleo) = (await site.JoinAsync("Bob asks on"), await site.JoinAsync("Cleo away", proxy.Url));
        var room = await AskAsync(bob, "Polls cut off");
        await bob.BecomesLiveAsync();
        await cleo.EnterAsync(room);
        proxy.Cut();
        await cleo.StatusBecomesAsync("reconnecting");

        await bob.Page.Locator(".answer").First.ClickAsync();
        await Expect(bob.Page.Locator(".answer")).ToHaveTextAsync(["Yes 1", "No 0"]);
        proxy.Mend();
        await cleo.BecomesLiveAsync();

        await Expect(cleo.Page.Locator(".answer")).ToHaveTextAsync(["Yes 1", "No 0"]);
    }

    [Fact]
    public async Task Without_script_one_asks_and_votes_by_pages()
    {
        var hal = await site.JoinAsync("Hal who votes", scripts: false);
        await AskAsync(hal, "Plain polls");
        var stream = hal.Page.FrameLocator("iframe.stream");
        await stream.Locator(".answer").Nth(1).ClickAsync();
        await Expect(hal.Page.GetByLabel("No")).ToBeCheckedAsync();
        await hal.Page.GetByRole(AriaRole.Button, new() { Name = "Vote" }).ClickAsync();

        await Expect(stream.Locator(".answer")).ToHaveTextAsync(["Yes 0", "No 1"]);
    }

    static async Task<int> AskAsync(Visitor visitor, string name)
    {
        var room = await visitor.CreateRoomAsync(name);
        await visitor.Page.GotoAsync($"/rooms/{room}/poll");
        await visitor.Page.GetByLabel("Question").FillAsync("Yes or no?");
        await visitor.Page.GetByLabel("Answer 1", new() { Exact = true }).FillAsync("Yes");
        await visitor.Page.GetByLabel("Answer 2").FillAsync("No");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        return room;
    }
}
