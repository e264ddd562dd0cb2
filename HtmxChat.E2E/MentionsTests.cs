using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>Calling people, what is suggested while somebody types, commands, and passing messages on.</summary>
public sealed class MentionsTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task People_are_suggested_and_taken_by_keyboard_those_first_who_spoke_lately()
    {
        var (quiet, late) = (await site.JoinAsync("Suzy Quiet"), await site.JoinAsync("Suzy Speaks"));
        var (bob, room) = await InNewRoomAsync("Suggested");
        await late.EnterAsync(room);
        await late.SayAsync("I spoke");
        await bob.SeesAsync("I spoke");
        var (lines, field) = (bob.Page.Locator(".suggest [role=option]"), bob.Composer);

        await field.PressSequentiallyAsync("ask @suz");
        await Expect(lines).ToHaveCountAsync(2);
        await Expect(lines.Nth(0)).ToContainTextAsync("Suzy Speaks");
        await Expect(lines.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", "suggested-0");
        await Expect(bob.Page.GetByText("2 suggestions")).ToBeAttachedAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        await field.PressAsync("ArrowDown");
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", "suggested-1");
        await field.PressAsync("ArrowDown");
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", "suggested-0");
        await field.PressAsync("ArrowUp");
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", "suggested-1");
        await field.PressAsync("Enter");
        await Expect(field).ToHaveValueAsync("ask @suzy.quiet ");
        await Expect(lines).ToHaveCountAsync(0);
        await Expect(field).ToBeFocusedAsync();

        await field.PressSequentiallyAsync("or @suzy.sp");
        await Expect(lines).ToHaveCountAsync(1);
        await field.PressAsync("Tab");
        await Expect(field).ToHaveValueAsync("ask @suzy.quiet or @suzy.speaks ");
        await field.PressSequentiallyAsync("@suz");
        await Expect(lines).ToHaveCountAsync(2);
        await field.PressAsync("Escape");
        await Expect(lines).ToHaveCountAsync(0);
        await field.PressAsync("Enter");
        await bob.SeesAsync("ask @suzy.quiet or @suzy.speaks @suz");

        await quiet.EnterAsync(room);
        await quiet.Page.Locator(".own").GetByText("Mentions").ClickAsync();
        await Expect(quiet.Page.Locator(".found .text")).ToHaveTextAsync("ask @suzy.quiet or @suzy.speaks @suz");
        await AccessTests.AxeFindsNothingAsync(quiet.Page);
    }

    [Fact]
    public async Task They_are_taken_by_pointer_also_while_a_message_is_edited()
    {
        await site.JoinAsync("Poppy Pointer");
        var (bob, _) = await InNewRoomAsync("Pointed");
        await bob.Composer.PressSequentiallyAsync("@popp");
        await Expect(bob.Page.Locator(".suggest [role=option]")).ToHaveCountAsync(1);
        await bob.Composer.FillAsync("");
        await Expect(bob.Page.Locator(".suggest [role=option]")).ToHaveCountAsync(0);
        await bob.Composer.FillAsync("@popp");
        await bob.Page.Locator(".suggest [role=option]").ClickAsync();
        await Expect(bob.Composer).ToHaveValueAsync("@poppy.pointer ");
        await Expect(bob.Composer).ToBeFocusedAsync();
        await bob.Composer.PressAsync("Enter");
        await bob.SeesAsync("@poppy.pointer");

        await bob.Composer.PressAsync("ArrowUp");
        var editor = bob.Page.Locator("#editor textarea");
        await editor.FillAsync("");
        await editor.PressSequentiallyAsync("oh @popp");
        await Expect(bob.Page.Locator("#editor .suggest [role=option]")).ToHaveCountAsync(1);
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await editor.PressAsync("Enter");
        await Expect(editor).ToHaveValueAsync("oh @poppy.pointer ");
        await editor.PressAsync("Enter");
        await Expect(bob.Page.Locator("#messages .text")).ToContainTextAsync("oh @poppy.pointer");
        Assert.Empty(bob.Complaints);
    }

    [Fact]
    public async Task What_is_written_out_is_sent_by_Enter_and_not_completed()
    {
        await site.JoinAsync("Max");
        var (bob, _) = await InNewRoomAsync("Written out");

        await bob.Composer.PressSequentiallyAsync("hello @max");
        await Expect(bob.Page.Locator(".suggest [role=option]")).ToHaveCountAsync(1);
        await bob.Composer.PressAsync("Enter");

        await bob.SeesAsync("hello @max");
        await Expect(bob.Page.Locator(".suggest [role=option]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task While_a_slow_line_still_shows_what_was_suggested_for_less_Enter_takes_none_of_it_that_is_another()
    {
        await site.JoinAsync("Nina Slow");
        await site.JoinAsync("Nino Slow");
        var (bob, _) = await InNewRoomAsync("Suggested late");
        var lines = bob.Page.Locator(".suggest [role=option]");
        await bob.Composer.PressSequentiallyAsync("@nin");
        await Expect(lines).ToHaveCountAsync(2);
        await Expect(lines.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await bob.Page.RouteAsync("**/suggest?**", _ => Task.CompletedTask);   // no answer comes

        var other = await lines.Nth(1).GetAttributeAsync("data-put");
        await bob.Composer.PressSequentiallyAsync(other!["@nin".Length..]);
        await Expect(bob.Page.Locator(".suggest [aria-selected=true]")).ToHaveCountAsync(0);
        await bob.Composer.PressAsync("Enter");

        await bob.SeesAsync(other);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_is_suggested_done_and_answered_to_whoever_gave_it_alone(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var bob = await site.JoinAsync($"Commander {bySse}", proxy.Url);
        var room = await bob.CreateRoomAsync($"Commanded {bySse}");
        await bob.StatusBecomesAsync(bySse ? "fallback" : "live");
        var cleo = await site.JoinAsync($"Commanded too {bySse}");
        await cleo.EnterAsync(room);

        await bob.Composer.PressSequentiallyAsync("/to");
        await Expect(bob.Page.Locator(".suggest [role=option]")).ToHaveTextAsync("/topic text sets the room's topic; without a text there is none");
        await bob.Composer.PressAsync("Enter");
        await bob.Composer.PressSequentiallyAsync("All about tea");
        await bob.Composer.PressAsync("Enter");
        await Expect(bob.Page.Locator("#toast")).ToHaveTextAsync("The topic is set.");
        await Expect(cleo.Page.Locator("#heading")).ToContainTextAsync("All about tea");
        await Expect(bob.Unsent).ToHaveCountAsync(0);

        await bob.SayAsync("/help");
        await Expect(bob.Page.Locator("#toast")).ToContainTextAsync("/shrug text");
        await Expect(bob.Unsent).ToHaveCountAsync(0);
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        await bob.SayAsync("/frobnicate now");
        await Expect(bob.Page.Locator("#problem")).ToContainTextAsync("There is no /frobnicate.");
        await Expect(bob.Composer).ToHaveValueAsync("/frobnicate now");
        await bob.SayAsync("//frobnicate now");
        await cleo.SeesAsync("/frobnicate now");
        await Expect(cleo.Messages).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Without_script_commands_answer_in_the_frame_and_mentions_and_forwarding_are_pages()
    {
        var hal = await site.JoinAsync("Hal", scripts: false);
        var room = await hal.CreateRoomAsync("Plain commands");
        var (composer, stream) = (hal.Page.FrameLocator("iframe.composer"), hal.Page.FrameLocator("iframe.stream"));
        await composer.Locator("#text").FillAsync("/help");
        await composer.GetByText("Send", new() { Exact = true }).ClickAsync();
        await Expect(composer.Locator(".said")).ToContainTextAsync("/topic text");
        await composer.Locator("#text").FillAsync("/nonsense");
        await composer.GetByText("Send", new() { Exact = true }).ClickAsync();
        await Expect(composer.Locator("#problem")).ToContainTextAsync("There is no /nonsense.");
        await Expect(composer.Locator("#text")).ToHaveValueAsync("/nonsense");

        var ann = await site.AnnAsync();
        await ann.EnterAsync(room);
        await ann.SayAsync("look here @hal");
        await Expect(stream.Locator(".message .text")).ToContainTextAsync("look here");
        await hal.Page.GotoAsync("/mentions");
        await Expect(hal.Page.Locator(".found .text")).ToHaveTextAsync("look here @hal");
        await hal.Page.Locator(".found time").ClickAsync();
        await Expect(hal.Page.Locator(".message[aria-current]")).ToContainTextAsync("look here");

        await hal.Page.GotoAsync($"{hal.Page.Url}/forward");
        await hal.Page.SelectOptionAsync("#to", $"{Site.Lobby}");
        await hal.Page.FillAsync("#comment", "passed on");
        await hal.Page.GetByRole(AriaRole.Button, new() { Name = "Forward" }).ClickAsync();
        await Expect(stream.Locator(".passed").Last).ToContainTextAsync("look here");
    }

    [Fact]
    public async Task A_message_is_passed_on_from_its_menu_and_the_quote_goes_when_it_is_deleted()
    {
        var (bob, from) = await InNewRoomAsync("Passed from");
        await bob.SayAsync("worth passing on");
        await bob.SeesAsync("worth passing on");
        var cleo = await site.JoinAsync("Cleo reads on");
        var to = await cleo.CreateRoomAsync("Passed to");
        await cleo.BecomesLiveAsync();

        await bob.MessageSaying("worth passing on").HoverAsync();
        await bob.MessageSaying("worth passing on").Locator(".more").ClickAsync();
        await bob.Page.Locator("#menu").GetByText("Forward…").ClickAsync();
        await bob.Page.SelectOptionAsync("#to", $"{to}");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Forward" }).ClickAsync();
        await Expect(bob.Page).ToHaveURLAsync(new Regex($"/rooms/{to}#"));
        await Expect(cleo.Page.Locator(".passed")).ToContainTextAsync("worth passing on");
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
        await cleo.Page.Locator(".passed a").ClickAsync();
        await Expect(cleo.Page).ToHaveURLAsync(new Regex($"/rooms/{from}/messages/1$"));
        await cleo.EnterAsync(to);

        await bob.Page.GotoAsync($"/rooms/{from}/messages/1/delete");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(cleo.Page.Locator(".passed")).ToHaveTextAsync("A message from another room");
    }

    [Fact]
    public async Task A_link_shows_in_how_many_rooms_one_was_called_as_it_happens()
    {
        var una = await site.JoinAsync("Una");
        var (bob, room) = await InNewRoomAsync("Una is called");
        await una.EnterAsync();
        await Expect(una.Page.Locator("#mentions")).ToBeEmptyAsync();

        await bob.SayAsync("where are you, @una?");

        await Expect(una.Page.Locator("#mentions")).ToHaveTextAsync("1 room with new ones");
        await una.EnterAsync(room);
        await Expect(una.Page.Locator("#m-1")).ToHaveAttributeAsync("data-calls", new Regex(@"^\d+$"));
        await Expect(una.Page.Locator("#mentions")).ToBeEmptyAsync();
    }

    [Theory]
    [InlineData("live")]
    [InlineData("fallback")]
    public async Task Calls_commands_and_what_was_passed_on_while_a_page_was_cut_off_are_there_when_it_is_back(string state)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = state == "fallback" };
        var away = await site.JoinAsync($"Away {state}", proxy.Url);
        var (bob, room) = await InNewRoomAsync($"Cut off {state}");
        await away.Page.GotoAsync($"/rooms/{room}");
        await away.StatusBecomesAsync(state);
        await bob.SayAsync("before");
        await away.SeesAsync("before");

        proxy.Cut();
        await away.StatusBecomesAsync("reconnecting");
        await bob.SayAsync($"come here, @away.{state}!");
        await bob.SeesAsync($"come here, @away.{state}!");
        await bob.PostManyAsync($"and to the lobby, @away.{state}", 1, Site.Lobby);
        await bob.PostFormAsync($"/rooms/{room}/messages/1/forward", ("to", $"{room}"), ("text", "once more"), ("key", $"{Guid.NewGuid():N}"));
        await bob.SayAsync("/topic All about tea");
        await Expect(bob.Page.Locator("#toast")).ToHaveTextAsync("The topic is set.");
        await bob.SayAsync("/me waits");
        await Expect(bob.Messages).ToHaveCountAsync(4);
        Assert.Equal(["before"], await away.TextsAsync());
        proxy.Mend();

        await Expect(away.Messages).ToHaveCountAsync(4);
        Assert.Equal(await bob.TextsAsync(), await away.TextsAsync());
        await Expect(away.Page.Locator("#heading")).ToContainTextAsync("All about tea");
        await Expect(away.Page.Locator(".message:has(.passed)")).ToContainTextAsync("before");
        await Expect(away.Page.Locator(".message[data-calls]")).ToHaveCSSAsync("box-shadow", new Regex("inset"));
        await Expect(away.Page.Locator("#mentions")).ToHaveTextAsync("1 room with new ones");
        await away.Page.GotoAsync("/mentions");
        await Expect(away.Page.Locator(".found .text")).ToHaveTextAsync([$"and to the lobby, @away.{state} 1", $"come here, @away.{state}!"]);
    }

    async Task<(Visitor Bob, int Room)> InNewRoomAsync(string name)
    {
        var bob = await site.JoinAsync($"Bob of {name}");
        var room = await bob.CreateRoomAsync(name);
        await bob.BecomesLiveAsync();
        return (bob, room);
    }
}
