using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What can be done without leaving the keys.</summary>
public sealed class KeyboardTests(Site site) : IClassFixture<Site>
{
    static int rooms;

    [Fact]
    public async Task Control_K_goes_to_a_room_by_a_part_of_its_name()
    {
        var (bob, _) = await InRoomAsync("Gardening");
        await bob.CreateRoomAsync($"Evening walks {rooms}");
        await bob.EnterAsync();
        await bob.Composer.FillAsync("half a thought");

        await JumpAsync(bob);
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.Keyboard.PressAsync("Escape");
        await Expect(bob.Page.Locator("#box")).ToBeHiddenAsync();
        await Expect(bob.Composer).ToBeFocusedAsync();
        await Expect(bob.Composer).ToHaveValueAsync("half a thought");

        await JumpAsync(bob);
        await bob.Page.Keyboard.TypeAsync($"walks {rooms}");
        await bob.Page.Keyboard.PressAsync("Enter");

        await Expect(bob.Page.Locator("h1")).ToHaveTextAsync($"Evening walks {rooms}");
        Assert.Empty(bob.Complaints);
    }

    [Fact]
    public async Task Control_K_begins_a_direct_conversation_with_somebody_who_is_found_by_name()
    {
        var (bob, _) = await InRoomAsync("Small talk");
        var name = $"Zadie {Interlocked.Increment(ref rooms)}";
        await site.JoinAsync(name);

        await JumpAsync(bob);
        await bob.Page.Keyboard.TypeAsync(name);
        await Expect(bob.Page.Locator($"#found[data-for='{name}'] button .name")).ToHaveTextAsync(name);
        await Expect(bob.Page.Locator("#count")).ToHaveTextAsync("1 found");
        await bob.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(bob.Page.Locator("#box .destinations button")).ToBeFocusedAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(bob.Page.Locator("h1")).ToHaveTextAsync(name);

        // From now on it is a room among others.
        await bob.EnterAsync();
        await JumpAsync(bob);
        await bob.Page.Keyboard.TypeAsync(name);
        await Expect(bob.Page.Locator($"#found[data-for='{name}'] a .name")).ToHaveTextAsync(name);
        await Expect(bob.Page.Locator("#box .destinations button")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_arrows_walk_through_what_is_found_and_typing_goes_on_where_one_types(bool scripts)
    {
        var (bob, _) = await InRoomAsync("Arrows", scripts);
        if (!scripts)
        {
            // The same as a page.
            await bob.Page.GetByRole(AriaRole.Link, new() { Name = "Jump to…" }).ClickAsync();
            await bob.Page.FillAsync("#q", $"arrows {rooms}");
            await bob.Page.Keyboard.PressAsync("Enter");
            await bob.Page.Locator(".destinations a").ClickAsync();
            await Expect(bob.Page.Locator("#heading h1")).ToHaveTextAsync($"Arrows {rooms}");
            return;
        }
        await bob.Page.ClickAsync("text=Jump to…");
        await Expect(bob.Page.Locator("#q")).ToBeFocusedAsync();
        await Expect(bob.Page.Locator("#found li")).Not.ToHaveCountAsync(0);
        await bob.Page.Keyboard.PressAsync("ArrowDown");
        await bob.Page.Keyboard.PressAsync("ArrowUp");
        await bob.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(bob.Page.Locator("#q")).ToBeFocusedAsync();
        await bob.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(bob.Page.Locator("#q")).Not.ToBeFocusedAsync();

        await bob.Page.Keyboard.TypeAsync("nowhere at all");

        await Expect(bob.Page.Locator("#q")).ToHaveValueAsync("nowhere at all");
        await Expect(bob.Page.Locator("#found")).ToHaveTextAsync("Nothing is called that.");
    }

    [Fact]
    public async Task A_question_mark_lists_the_keys_unless_one_is_writing()
    {
        var (bob, _) = await InRoomAsync("Questions");
        await bob.Composer.FocusAsync();
        await bob.Page.Keyboard.TypeAsync("who?");
        await Expect(bob.Composer).ToHaveValueAsync("who?");

        await bob.Page.Locator("#scroller").FocusAsync();
        await bob.Page.Keyboard.TypeAsync("?");

        await Expect(bob.Page.Locator("#box-title")).ToHaveTextAsync("Keys");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.Keyboard.PressAsync("Escape");
        await Expect(bob.Page.Locator("#scroller")).ToBeFocusedAsync();
        await bob.Page.GotoAsync("/help/keys");
        await Expect(bob.Page.Locator("h1")).ToHaveTextAsync("Keys");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
    }

    [Fact]
    public async Task Every_message_is_reached_by_the_arrows_and_done_with_by_one_key()
    {
        var (bob, room) = await InRoomAsync("Reaching");
        await bob.PostManyAsync("line", 5, room);
        await bob.SeesAsync("line 5");
        var keys = bob.Page.Keyboard;
        await bob.Page.Locator("#scroller").FocusAsync();

        await keys.PressAsync("ArrowUp");
        await HasFocusAsync(bob, "line 5");
        await keys.PressAsync("ArrowUp");
        await HasFocusAsync(bob, "line 4");
        await keys.PressAsync("Home");
        await HasFocusAsync(bob, "line 1");
        await keys.PressAsync("j");
        await HasFocusAsync(bob, "line 2");
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        await keys.PressAsync("m");
        await Expect(bob.Page.Locator("#menu :focus")).ToHaveCountAsync(1);
        await keys.PressAsync("Escape");
        await Expect(bob.Page.Locator("#menu")).ToBeHiddenAsync();
        await HasFocusAsync(bob, "line 2");

        await keys.PressAsync("c");
        await Expect(bob.Page.Locator("#toast")).ToHaveTextAsync("Copied.");
        await Expect(bob.Page.Locator("#menu")).ToBeHiddenAsync();

        await bob.MessageSaying("line 2").FocusAsync();
        await keys.PressAsync("r");
        await Expect(bob.Page.Locator("#answering")).ToContainTextAsync("line 2");
        await Expect(bob.Composer).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(bob.Page.Locator("#answering")).ToBeEmptyAsync();

        await bob.Page.Locator("#scroller").FocusAsync();
        await keys.PressAsync("End");
        await HasFocusAsync(bob, "line 5");
        await keys.PressAsync("+");
        await Expect(bob.Page.Locator("#menu .picker [type=search]")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(bob.Page.Locator("#menu")).ToBeHiddenAsync();
        await bob.Page.Locator("#scroller").FocusAsync();
        await keys.PressAsync("End");
        await HasFocusAsync(bob, "line 5");
        await keys.PressAsync("e");
        await Expect(bob.Page.Locator("#editor textarea")).ToHaveValueAsync("line 5");
        await keys.PressAsync("Escape");

        await bob.Page.Locator("#scroller").FocusAsync();
        await keys.PressAsync("End");
        await HasFocusAsync(bob, "line 5");
        await keys.PressAsync("Delete");
        await Expect(bob.Page.Locator("#menu .bad")).ToBeFocusedAsync();
        await bob.SeesAsync("line 5");
        await keys.PressAsync("Enter");
        await Expect(bob.Page.Locator(".message .gone")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Letters_do_nothing_where_somebody_writes_and_what_is_not_allowed_is_not_done()
    {
        var (bob, room) = await InRoomAsync("Others");
        var cleo = await site.JoinAsync($"Cleo {Interlocked.Increment(ref rooms)}");
        await cleo.EnterAsync(room);
        await cleo.SayAsync("not yours");
        await bob.SeesAsync("not yours");

        await bob.Composer.FocusAsync();
        await bob.Page.Keyboard.TypeAsync("jkmrec?");
        await Expect(bob.Composer).ToHaveValueAsync("jkmrec?");
        await bob.Page.Locator("#scroller").FocusAsync();
        await bob.Page.Keyboard.PressAsync("End");
        await HasFocusAsync(bob, "not yours");
        await bob.Page.Keyboard.PressAsync("e");

        await Expect(bob.Page.Locator("#menu")).ToBeVisibleAsync();
        await Expect(bob.Page.Locator("#editor")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_key_whose_menu_never_came_does_nothing_to_another_message()
    {
        var (bob, _) = await InRoomAsync("Lost keys");
        foreach (var text in new[] { "one", "two" }) await bob.SayAsync(text);
        await bob.SeesAsync("two");
        await bob.Page.RouteAsync("**/messages/2/more", route => route.AbortAsync());
        await bob.Page.Locator("#scroller").FocusAsync();
        await bob.Page.Keyboard.PressAsync("End");
        await HasFocusAsync(bob, "two");
        var failed = new TaskCompletionSource();
        bob.Page.RequestFailed += (_, _) => failed.TrySetResult();
        await bob.Page.Keyboard.PressAsync("e");
        await failed.Task;

        await bob.MessageSaying("one").HoverAsync();
        await bob.MessageSaying("one").Locator(".more").ClickAsync();
        await Expect(bob.Page.Locator("#menu")).ToBeVisibleAsync();
        await bob.Page.Keyboard.PressAsync("Escape");

        await Expect(bob.MessageSaying("one").Locator(".more")).ToBeFocusedAsync();
        await Expect(bob.Page.Locator("#editor")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task The_focus_stays_on_a_message_that_somebody_changes()
    {
        var (bob, room) = await InRoomAsync("Changing");
        var cleo = await site.JoinAsync($"Cleo {Interlocked.Increment(ref rooms)}");
        await cleo.EnterAsync(room);
        await cleo.SayAsync("first version");
        foreach (var person in new[] { bob, cleo }) await person.SeesAsync("first version");
        await bob.Page.Locator("#scroller").FocusAsync();
        await bob.Page.Keyboard.PressAsync("End");
        await HasFocusAsync(bob, "first version");

        await cleo.Page.Keyboard.PressAsync("ArrowUp");
        await cleo.Page.Locator("#editor textarea").FillAsync("second version");
        await cleo.Page.Keyboard.PressAsync("Enter");

        await Expect(bob.Page.Locator(".message", new() { HasText = "second version" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Alt_and_the_arrows_go_from_room_to_room_and_with_Shift_to_what_is_unread()
    {
        var (bob, one) = await InRoomAsync("Walk A");
        var two = await bob.CreateRoomAsync($"Walk B {rooms}");
        var three = await bob.CreateRoomAsync($"Walk C {rooms}");
        await bob.EnterAsync(one);

        await bob.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Expect(bob.Page).Not.ToHaveURLAsync(new Regex($"/rooms/{one}$"));
        await bob.BecomesLiveAsync();
        await bob.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(bob.Page).ToHaveURLAsync(new Regex($"/rooms/{one}$"));
        await bob.BecomesLiveAsync();

        var cleo = await site.JoinAsync($"Cleo {Interlocked.Increment(ref rooms)}");
        await cleo.EnterAsync(three);
        await cleo.SayAsync("over here");
        await Expect(bob.Page.Locator($"#mark-{three} b")).ToBeVisibleAsync();
        await Expect(bob.Page.Locator($"#mark-{two} b")).ToHaveCountAsync(0);
        await bob.Page.Keyboard.PressAsync("Shift+Alt+ArrowDown");
        await Expect(bob.Page).ToHaveURLAsync(new Regex($"/rooms/{three}$"));
    }

    [Fact]
    public async Task Escape_closes_what_is_open_then_goes_to_the_newest_message_and_keeps_what_was_typed()
    {
        var (bob, room) = await InRoomAsync("Escaping");
        await bob.PostManyAsync("a line of some length, and so there are many of them", 60, room);
        await bob.EnterAsync(room);
        await bob.Composer.FillAsync("unfinished");
        await bob.Page.EvaluateAsync("scroller.scrollTop = -900");
        await bob.Page.Locator(".who > summary").First.ClickAsync();

        await bob.Page.Keyboard.PressAsync("Escape");
        await Expect(bob.Page.Locator(".who").First).Not.ToHaveAttributeAsync("open", "");
        Assert.True(await bob.Page.EvaluateAsync<int>("scroller.scrollTop") < -500);
        await bob.Page.Keyboard.PressAsync("Escape");

        await bob.Page.WaitForFunctionAsync("() => Math.abs(scroller.scrollTop) < 1");
        await Expect(bob.Composer).ToBeFocusedAsync();
        await Expect(bob.Composer).ToHaveValueAsync("unfinished");
    }

    [Fact]
    public async Task Escape_leads_from_an_older_page_to_the_newest()
    {
        var (bob, room) = await InRoomAsync("From afar");
        await bob.PostManyAsync("line", 3, room);
        await bob.Page.GotoAsync($"/rooms/{room}?before=3");

        await bob.Page.Keyboard.PressAsync("Escape");

        await Expect(bob.Page).ToHaveURLAsync(new Regex($"/rooms/{room}$"));
    }

    static async Task JumpAsync(Visitor person)
    {
        await person.Page.Keyboard.PressAsync("Control+k");
        await Expect(person.Page.Locator("#q")).ToBeFocusedAsync();
    }

    static Task HasFocusAsync(Visitor person, string text) => Expect(person.MessageSaying(text)).ToBeFocusedAsync();

    async Task<(Visitor Bob, int Room)> InRoomAsync(string name, bool scripts = true)
    {
        var number = Interlocked.Increment(ref rooms);
        var bob = await site.JoinAsync($"Bob {number}", scripts: scripts);
        var room = await bob.CreateRoomAsync($"{name} {number}");
        if (scripts) await bob.EnterAsync(room);
        return (bob, room);
    }
}
