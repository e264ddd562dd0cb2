using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What people do with messages: edit, delete, take back, answer, copy.</summary>
public sealed class ActionsTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task The_menu_is_opened_and_used_by_keyboard_and_gives_the_focus_back()
    {
        var (bob, cleo) = await TwoAsync("Keys");
        await bob.SayAsync("by keys");
        await cleo.SeesAsync("by keys");
        var more = bob.MessageSaying("by keys").Locator(".more");

        await more.FocusAsync();
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(bob.Page.Locator("#menu :is(a, button)").First).ToBeFocusedAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.Keyboard.PressAsync("Escape");
        await Expect(bob.Page.Locator("#menu")).ToBeHiddenAsync();
        await Expect(more).ToBeFocusedAsync();

        await bob.Composer.FocusAsync();
        await bob.Page.Keyboard.PressAsync("ArrowUp");
        var editor = bob.Page.Locator("#editor textarea");
        await Expect(editor).ToBeFocusedAsync();
        await Expect(editor).ToHaveValueAsync("by keys");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await editor.FillAsync("by keys alone");
        await bob.Page.Keyboard.PressAsync("Enter");

        foreach (var page in new[] { bob.Page, cleo.Page }) await Expect(page.Locator(".message .text", new() { HasText = "by keys alone (edited" })).ToBeVisibleAsync();
        await Expect(bob.Composer).ToBeFocusedAsync();

        // The same as pages, and what answers to a deletion.
        var room = bob.Page.Url;
        foreach (var page in new[] { "more", "edit", "restore", "delete" })
        {
            await bob.Page.GotoAsync($"{room}/messages/1/{page}");
            await AccessTests.AxeFindsNothingAsync(bob.Page);
        }
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(bob.Page.GetByText("Undo")).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deleting_can_be_undone_for_a_few_seconds(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (bob, cleo) = await TwoAsync(bySse ? "Undone by events" : "Undone", proxy.Url, bySse);
        await bob.SayAsync("a slip");
        await cleo.SeesAsync("a slip");

        await ChooseAsync(bob, "a slip", "Delete");
        await Expect(cleo.Page.Locator(".message .gone")).ToHaveTextAsync("This message was deleted.");
        await bob.Page.Locator("#toast button").ClickAsync();

        await cleo.SeesAsync("a slip");
        await Expect(bob.Page.Locator("#toast")).ToBeEmptyAsync();
        await ChooseAsync(bob, "a slip", "Delete");
        await Expect(bob.Page.Locator("#toast button")).ToBeVisibleAsync();
        await Expect(bob.Page.Locator("#toast button")).ToHaveCountAsync(0);
        await Expect(cleo.Page.Locator(".message .gone")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Undo_does_not_take_the_focus_from_somebody_who_types()
    {
        var (bob, cleo) = await TwoAsync("Typing on");
        await bob.SayAsync("a slip");
        await cleo.SeesAsync("a slip");
        var goesOn = await bob.HoldAsync("**/delete");

        await ChooseAsync(bob, "a slip", "Delete");
        await bob.Composer.PressSequentiallyAsync("what I");
        goesOn.SetResult();
        await Expect(bob.Page.Locator("#toast button")).ToBeVisibleAsync();
        await bob.Page.Keyboard.TypeAsync(" meant");
        await bob.Page.Keyboard.PressAsync("Enter");

        await cleo.SeesAsync("what I meant");
        await Expect(cleo.Page.Locator(".message .gone")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task On_a_phone_two_things_that_can_be_undone_do_not_cover_each_other()
    {
        var (bob, cleo) = await TwoAsync("Two at once");
        await bob.Page.SetViewportSizeAsync(390, 780);
        await bob.SayAsync("a slip");
        await cleo.SeesAsync("a slip");

        await ChooseAsync(bob, "a slip", "Delete");
        await Expect(bob.Page.Locator("#toast button")).ToBeVisibleAsync();

        Assert.Equal(2, await bob.Page.EvaluateAsync<int>("""
            () => {
              document.getElementById('sent').hidden = false;   // its 5 s may be over by now
              return [...document.querySelectorAll('#toast button, #sent button')].filter(button => {
                const box = button.getBoundingClientRect();
                return [0.1, 0.5, 0.9].every(part => document.elementFromPoint(box.x + box.width * part, box.y + box.height / 2) === button);
              }).length;
            }
            """));
    }

    [Fact]
    public async Task What_was_just_sent_is_taken_back_into_the_line_to_write_in()
    {
        var (bob, cleo) = await TwoAsync("Too early");
        await cleo.Page.EvaluateAsync("new MutationObserver(() => { window.saw ||= !!document.querySelector('#messages .message'); }).observe(document.getElementById('messages'), { childList: true })");
        await bob.SayAsync("half a thou");
        await cleo.Page.WaitForFunctionAsync("() => window.saw");
        await bob.Page.Locator("#sent button").ClickAsync();

        await Expect(bob.Composer).ToHaveValueAsync("half a thou");
        await Expect(cleo.Messages).ToHaveCountAsync(0);
        await bob.SayAsync("a whole thought");
        await Expect(bob.Page.Locator("#sent")).ToBeVisibleAsync();
        await cleo.SeesAsync("a whole thought");
        await Expect(bob.Page.Locator("#sent")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task On_a_slow_line_only_what_was_sent_last_can_be_taken_back()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var (bob, cleo) = await TwoAsync("Too early on a slow line", proxy.Url);
        await cleo.SayAsync("one");
        await Expect(cleo.Page.Locator("#sent")).ToBeVisibleAsync();
        await cleo.Page.EvaluateAsync("window.offered = []; document.getElementById('live').addEventListener('chat:stored', ({ detail }) => offered.push(detail.text))");

        proxy.Stall();
        await cleo.SayAsync("two");
        Assert.True(await cleo.Page.EvaluateAsync<bool>("sent.hidden"), "it was about the first");
        await cleo.SayAsync("three");
        proxy.Flow();
        await cleo.Page.Locator("#sent button").ClickAsync();

        await Expect(cleo.Composer).ToHaveValueAsync("three");
        await bob.SeesAsync("two");
        await Expect(bob.Messages).ToHaveCountAsync(2);
        Assert.Equal(["three"], await cleo.Page.EvaluateAsync<string[]>("offered"));
    }

    [Fact]
    public async Task An_answer_shows_what_it_answers_and_leads_there()
    {
        var (bob, cleo) = await TwoAsync("Answers");
        await bob.SayAsync("who brings the cake?");
        await cleo.SeesAsync("who brings the cake?");

        await ChooseAsync(cleo, "who brings the cake?", "Answer");
        await Expect(cleo.Page.Locator("#answering q")).ToHaveTextAsync("who brings the cake?");
        await Expect(cleo.Composer).ToBeFocusedAsync();
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
        await cleo.SayAsync("I do");

        foreach (var page in new[] { bob.Page, cleo.Page }) await Expect(page.Locator(".message", new() { HasText = "I do" }).Locator(".quote")).ToContainTextAsync("who brings the cake?");
        await Expect(cleo.Page.Locator("#answering")).ToBeEmptyAsync();
        await bob.Page.Locator(".quote").ClickAsync();
        await Expect(bob.MessageSaying("who brings the cake?")).ToBeFocusedAsync();

        await ChooseAsync(cleo, "I do", "Answer");
        await Expect(cleo.Page.Locator("#answering q")).ToHaveTextAsync("I do");
        await Expect(cleo.Composer).ToBeFocusedAsync();
        await cleo.Composer.PressAsync("Escape");
        await Expect(cleo.Page.Locator("#answering")).ToBeEmptyAsync();

        await ChooseAsync(cleo, "I do", "Answer");
        await cleo.SayAsync("or not");
        await cleo.Page.Locator("#sent button").ClickAsync();
        await Expect(cleo.Composer).ToHaveValueAsync("or not");
        await Expect(cleo.Page.Locator("#answering q")).ToHaveTextAsync("I do");
        Assert.Empty(cleo.Complaints);
    }

    [Fact]
    public async Task What_is_sent_before_a_slow_line_has_said_what_it_answers_is_an_answer_all_the_same()
    {
        var (bob, cleo) = await TwoAsync("Slow answers");
        await bob.SayAsync("tea or coffee?");
        await cleo.SeesAsync("tea or coffee?");
        var goesOn = await cleo.HoldAsync("**/reply");

        await ChooseAsync(cleo, "tea or coffee?", "Answer");
        await Expect(cleo.Page.Locator("#answering")).ToContainTextAsync("Answering…");
        await Expect(cleo.Composer).ToBeFocusedAsync();
        await cleo.SayAsync("green please");
        await Expect(bob.MessageSaying("green please").Locator(".quote")).ToContainTextAsync("tea or coffee?");

        var came = cleo.Page.WaitForResponseAsync("**/reply");
        goesOn.SetResult();
        await (await came).FinishedAsync();
        await cleo.SayAsync("with honey");
        await bob.SeesAsync("with honey");
        await Expect(bob.MessageSaying("with honey").Locator(".quote")).ToHaveCountAsync(0);
        await Expect(cleo.Page.Locator("#answering")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Links_and_texts_are_copied()
    {
        var (bob, _) = await TwoAsync("Copies");
        await bob.SayAsync("worth keeping");
        await bob.SeesAsync("worth keeping");
        await bob.Page.EvaluateAsync("document.addEventListener('copy', () => { window.copied = document.activeElement.value; })");

        await ChooseAsync(bob, "worth keeping", "Copy text");
        Assert.Equal("worth keeping", await bob.Page.EvaluateAsync<string>("window.copied"));
        await ChooseAsync(bob, "worth keeping", "Copy link");
        Assert.Matches(@"^http://.*/rooms/\d+/messages/1$", await bob.Page.EvaluateAsync<string>("window.copied"));
        await Expect(bob.Page.Locator("#toast")).ToHaveTextAsync("Copied.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_changed_while_a_page_was_cut_off_is_there_when_it_is_back(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (bob, cleo) = await TwoAsync(bySse ? "Cut off from events" : "Cut off", proxy.Url, bySse);
        foreach (var text in new[] { "restored", "edited", "deleted", "deleted and restored", "answered" }) await bob.SayAsync(text);
        await cleo.SeesAsync("answered");
        await ChooseAsync(bob, "restored", "Delete");
        await Expect(cleo.Page.Locator(".gone")).ToHaveCountAsync(1);

        proxy.Cut();
        await bob.Page.Locator("#toast button").ClickAsync(); // there for 5 s only
        await bob.SeesAsync("restored");
        await cleo.StatusBecomesAsync("reconnecting");
        await ChooseAsync(bob, "deleted and restored", "Delete");
        await Expect(bob.Page.Locator(".gone")).ToHaveCountAsync(1);
        await bob.Page.Locator("#toast button").ClickAsync();
        await bob.SeesAsync("deleted and restored");
        await EditLastAsync(bob, "answered", "answered and edited");
        await ChooseAsync(bob, "deleted", "Delete");
        await Expect(bob.Page.Locator(".gone")).ToHaveCountAsync(1);
        await ChooseAsync(bob, "edited", "Answer");
        await bob.SayAsync("the answer");
        await bob.SeesAsync("the answer");
        Assert.Equal(["This message was deleted.", "edited", "deleted", "deleted and restored", "answered"], await cleo.TextsAsync());
        proxy.Mend();
        await cleo.SeesAsync("the answer");

        Assert.Equal((await bob.TextsAsync()).Select(Clean), (await cleo.TextsAsync()).Select(Clean));
        await Expect(cleo.Page.Locator(".quote")).ToContainTextAsync("edited");

        static string Clean(string text) => Regex.Replace(text, @"\(edited .*\)", "(edited)");
    }

    [Fact]
    public async Task Without_script_all_of_it_is_pages_and_forms()
    {
        var hal = await site.JoinAsync("Hal", scripts: false);
        var room = await hal.CreateRoomAsync("Plain actions");
        var composer = hal.Page.FrameLocator("iframe.composer");
        var stream = hal.Page.FrameLocator("iframe.stream");
        await composer.Locator("#text").FillAsync("plain and simple");
        await composer.GetByText("Send").ClickAsync();
        await Expect(stream.Locator(".message .text")).ToHaveTextAsync("plain and simple");
        await composer.GetByText("Undo").ClickAsync();
        await Expect(composer.Locator("#text")).ToHaveValueAsync("plain and simple");
        await composer.GetByText("Send").ClickAsync();
        await Expect(composer.GetByText("Undo")).ToBeVisibleAsync();

        await hal.Page.GotoAsync($"/rooms/{room}/messages/3/more");
        await hal.Page.GetByText("Edit").ClickAsync();
        await hal.Page.Locator("textarea").FillAsync("plainer");
        await hal.Page.GetByText("Save").ClickAsync();
        await Expect(stream.Locator(".message .text")).ToHaveTextAsync(new Regex("^plainer"));

        await hal.Page.GotoAsync($"/rooms/{room}/messages/3/more");
        await hal.Page.GetByText("Answer").ClickAsync();
        await Expect(composer.Locator("#answering q")).ToHaveTextAsync("plainer");
        await composer.Locator("#text").FillAsync("I agree");
        await composer.GetByText("Send").ClickAsync();
        await Expect(stream.Locator(".quote")).ToContainTextAsync("plainer");

        await hal.Page.GotoAsync($"/rooms/{room}/messages/3/more");
        await hal.Page.GetByText("Delete").ClickAsync();
        await hal.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await hal.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(stream.Locator(".message .text").First).ToHaveTextAsync(new Regex("^plainer"));
    }

    [Fact]
    public async Task Without_script_each_message_keeps_its_name_wherever_an_edited_one_comes_to_stand()
    {
        var (bob, cleo) = await TwoAsync("Plain edits");
        foreach (var text in new[] { "one", "two" }) await bob.SayAsync(text);
        await cleo.SeesAsync("two");
        await cleo.SayAsync("three");
        await bob.SeesAsync("three");
        var hal = await site.JoinAsync("Hal of plain edits", scripts: false);
        await hal.Page.GotoAsync(new Uri(bob.Page.Url).AbsolutePath, new() { WaitUntil = WaitUntilState.Commit });
        var stream = hal.Page.FrameLocator("iframe.stream");
        await Expect(stream.Locator(".message")).ToHaveCountAsync(3);

        await EditLastAsync(bob, "two", "two, or so");
        await cleo.SayAsync("four");
        await Expect(stream.Locator(".message .text").Last).ToHaveTextAsync("four");

        var shown = await stream.Locator(".message:visible").EvaluateAllAsync<string[]>("all => all.map(message => { const name = message.querySelector('.by b'); return (name.offsetWidth > 9 ? name.textContent : '?') + ': ' + message.querySelector('.text').firstChild.textContent; })");
        Assert.Equal(["Bob in Plain edits: one", "Cleo in Plain edits: three", "Bob in Plain edits: two, or so", "Cleo in Plain edits: four"], shown);
    }

    async Task<(Visitor Bob, Visitor Cleo)> TwoAsync(string name, string? url = null, bool byEvents = false)
    {
        var (bob, cleo) = (await site.JoinAsync($"Bob in {name}"), await site.JoinAsync($"Cleo in {name}", url));
        var room = await bob.CreateRoomAsync(name);
        await bob.BecomesLiveAsync();
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await cleo.StatusBecomesAsync(byEvents ? "fallback" : "live");
        return (bob, cleo);
    }

    static async Task ChooseAsync(Visitor visitor, string text, string action)
    {
        var message = visitor.Messages.Filter(new() { Has = visitor.Page.Locator(".text", new() { HasTextRegex = new Regex($"^{Regex.Escape(text)}( \\(edited .*)?$") }) }).First;
        await message.HoverAsync();
        await message.Locator(".more").ClickAsync();
        await visitor.Page.Locator("#menu").GetByText(action, new() { Exact = true }).ClickAsync();
    }

    static async Task EditLastAsync(Visitor visitor, string was, string text)
    {
        await visitor.Composer.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowUp");
        var line = visitor.Page.Locator("#editor textarea");
        await Expect(line).ToHaveValueAsync(was);
        Assert.Equal(was.Length, await line.EvaluateAsync<int>("line => line.selectionStart"));
        await line.FillAsync(text);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator("#editor")).ToBeEmptyAsync();
    }
}
