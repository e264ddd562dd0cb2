using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What a screen reader is told of new messages, and the tone of those who like one.</summary>
public sealed class AnnouncementTests(Site site) : IClassFixture<Site>
{
    const string Remember = "window.told = []; new MutationObserver(() => { if (said.textContent) told.push([...said.children].map(p => p.textContent).join(' / ') || said.textContent); }).observe(said, { childList: true })";

    static int rooms;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_of_another_is_told_once_as_name_and_text_and_nothing_else_is(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (bob, cleo) = await TwoAsync(bySse, proxy.Url);

        await bob.SayAsync("hello\nthere");
        await ToldAsync(cleo, "Bob: hello there");
        await bob.Page.Keyboard.PressAsync("ArrowUp");
        await bob.Page.Locator("#editor textarea").FillAsync("hello to all");
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(cleo.Page.Locator(".edited")).ToBeVisibleAsync();
        await cleo.SayAsync("my own");
        await ToldAsync(bob, "Cleo: my own");
        await bob.SayAsync("goodbye, ||it was the butler||");

        await ToldAsync(cleo, "Bob: hello there", "Bob: goodbye, Spoiler");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_at_once_it_is_told_how_many(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (bob, cleo) = await TwoAsync(bySse, proxy.Url);

        await AtOnceAsync("quick", 8);
        await ToldAsync(cleo, "8 new messages");
        await AtOnceAsync("slow", 2);

        await ToldAsync(cleo, "8 new messages", "Bob: slow 1 / Bob: slow 2");

        async Task AtOnceAsync(string text, int count)
        {
            proxy.Stall();
            await bob.Page.EvaluateAsync($"for (let i = 1; i <= {count}; i++) {{ text.value = `{text} ${{i}}`; composer.requestSubmit(); }}");
            await bob.SeesAsync($"{text} {count}");
            proxy.Flow();
        }
    }

    [Fact]
    public async Task A_reply_in_an_open_thread_is_told_once_also_where_the_room_shows_it_too()
    {
        var (bob, cleo) = await TwoAsync(bySse: false, site.Server.Url);
        await bob.SayAsync("root");
        await ToldAsync(cleo, "Bob: root");
        foreach (var person in new[] { bob, cleo })
        {
            await person.Page.Locator("#scroller").FocusAsync();
            await person.Page.Keyboard.PressAsync("End");
            await Expect(person.MessageSaying("root")).ToBeFocusedAsync();
            await person.Page.Keyboard.PressAsync("t");
            await Expect(person.Page.Locator("#thread-text")).ToBeFocusedAsync();
        }

        await bob.Page.Keyboard.TypeAsync("in the thread");
        await bob.Page.Keyboard.PressAsync("Enter");
        await ToldAsync(cleo, "Bob: root", "Bob: in the thread");
        await bob.Page.Locator("#thread .also input").CheckAsync();
        await bob.Page.Locator("#thread-text").FillAsync("in both");
        await bob.Page.Locator("#thread-text").PressAsync("Enter");
        await cleo.SeesAsync("in both");

        await ToldAsync(cleo, "Bob: root", "Bob: in the thread", "Bob: in both");
        await cleo.Page.Keyboard.PressAsync("Escape");
        await Expect(cleo.Page.Locator("#thread")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Older_messages_that_are_loaded_are_not_told()
    {
        var (bob, cleo) = await TwoAsync(bySse: false, site.Server.Url);
        var room = int.Parse(cleo.Page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await bob.PostManyAsync("long ago", 60, room);
        await cleo.EnterAsync(room);
        await cleo.Page.EvaluateAsync(Remember);
        await Expect(cleo.MessageSaying("long ago 1")).ToHaveCountAsync(0);

        await cleo.Page.Locator("#messages .message").First.ScrollIntoViewIfNeededAsync();
        await cleo.Page.EvaluateAsync("scroller.scrollTop = -scroller.scrollHeight");
        await cleo.SeesAsync("long ago 1");
        await bob.SayAsync("and now");

        await ToldAsync(cleo, "Bob: and now");
    }

    [Fact]
    public async Task Who_wants_to_hear_of_mentions_is_told_of_no_other_message()
    {
        var (bob, cleo) = await TwoAsync(bySse: false, site.Server.Url);
        await PreferAsync(cleo, ("Announcements", "Mentions"));
        await ReturnAsync(cleo);
        await cleo.Page.GotoAsync("/account");
        var handle = await cleo.Page.InputValueAsync("#Handle");
        await cleo.Page.GoBackAsync();
        await ReturnAsync(cleo);

        await bob.SayAsync("not for anybody");
        await bob.SayAsync($"@{handle} for you");
        await ToldAsync(cleo, $"Bob: @{handle} for you");
        await bob.SayAsync($"@{handle} and more");

        await ToldAsync(cleo, $"Bob: @{handle} for you", $"Bob: @{handle} and more");
    }

    [Fact]
    public async Task Who_wants_to_hear_nothing_is_told_nothing()
    {
        var (bob, cleo) = await TwoAsync(bySse: false, site.Server.Url);
        await PreferAsync(cleo, ("Announcements", "Nothing"));
        await cleo.Page.Clock.InstallAsync();
        await ReturnAsync(cleo);

        await bob.SayAsync("hush");
        await cleo.SeesAsync("hush");
        await cleo.Page.Clock.FastForwardAsync(3_000);

        Assert.Empty(await TellAsync(cleo));
        await PreferAsync(cleo, ("Announcements", "All"));
        await ReturnAsync(cleo);
        await bob.SayAsync("listen");
        await cleo.SeesAsync("listen");
        await cleo.Page.Clock.FastForwardAsync(3_000);
        await ToldAsync(cleo, "Bob: listen");
    }

    [Fact]
    public async Task The_list_is_a_log_that_is_silent_itself_and_the_days_are_headings_in_it()
    {
        var (bob, cleo) = await TwoAsync(bySse: false, site.Server.Url);
        await bob.SayAsync("is it a good day?");
        await ToldAsync(cleo, "Bob: is it a good day?");
        var lives = await LiveNodesAsync(cleo);   // what was told is there for 20 s

        var log = cleo.Page.GetByRole(AriaRole.Log);
        await Expect(log).ToContainTextAsync("is it a good day?");
        await Expect(log.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^\\w+day"));
        Assert.Contains("Bob: is it a good day? polite", lives);
        Assert.DoesNotContain(lives, l => l.StartsWith("log", StringComparison.Ordinal));
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
    }

    [Fact]
    public async Task Without_script_the_streamed_page_is_a_log_of_its_own()
    {
        var ida = await site.JoinAsync($"Ida {Interlocked.Increment(ref rooms)}", scripts: false);
        await ida.Page.GotoAsync("/rooms/1", new() { WaitUntil = WaitUntilState.Commit });

        await Expect(ida.Page.FrameLocator("iframe.stream").GetByRole(AriaRole.Log)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_tone_sounds_for_who_wants_one_and_looks_elsewhere()
    {
        var (bob, cleo) = await TwoAsync(bySse: false, site.Server.Url);
        await cleo.Page.AddInitScriptAsync(
            """
            window.tones = 0;
            const part = () => ({ frequency: {}, gain: { setValueAtTime() { }, exponentialRampToValueAtTime() { } }, connect: next => next, start() { window.tones++; }, stop() { } });
            window.AudioContext = class { currentTime = 0; createOscillator = part; createGain = part; };
            """);
        await ReturnAsync(cleo);
        await cleo.Composer.ClickAsync();
        await cleo.HideAsync(true);
        await bob.SayAsync("nobody hears this");
        await Expect(cleo.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^\\(1\\)"));

        await PreferAsync(cleo, ("Sounds", "All"));
        await ReturnAsync(cleo);
        await cleo.Composer.ClickAsync();
        await bob.SayAsync("she looks at it");
        await cleo.SeesAsync("she looks at it");
        Assert.Equal(0, await cleo.Page.EvaluateAsync<int>("tones"));
        await cleo.HideAsync(true);
        await bob.SayAsync("ring");

        await cleo.Page.WaitForFunctionAsync("() => tones === 1");
        Assert.Empty(cleo.Complaints);
    }

    async Task<(Visitor Bob, Visitor Cleo)> TwoAsync(bool bySse, string url)
    {
        var number = Interlocked.Increment(ref rooms);
        var (bob, cleo) = (await site.JoinAsync($"Bob {number}"), await site.JoinAsync($"Cleo {number}", url));
        var room = await bob.CreateRoomAsync($"Aloud {number}");
        await bob.EnterAsync(room);
        await bob.Page.EvaluateAsync(Remember);
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await cleo.StatusBecomesAsync(bySse ? "fallback" : "live");
        await cleo.Page.EvaluateAsync(Remember);
        return (bob, cleo);
    }

    static async Task PreferAsync(Visitor person, params (string Field, string Value)[] choices)
    {
        var tab = await person.SecondTabAsync();
        await tab.SendFormAsync("/account/comfort", choices);
        await tab.Page.CloseAsync();
    }

    static async Task ReturnAsync(Visitor person)
    {
        await person.Page.ReloadAsync();
        await person.BecomesLiveAsync();
        await person.Page.EvaluateAsync(Remember);
    }

    // The names have a number each, which is not what this is about.
    static async Task<string[]> TellAsync(Visitor person) =>
        [.. (await person.Page.EvaluateAsync<string[]>("told")).Select(t => System.Text.RegularExpressions.Regex.Replace(t, "(Bob|Cleo) \\d+:", "$1:"))];

    static async Task ToldAsync(Visitor person, params string[] expected)
    {
        await person.Page.WaitForFunctionAsync("count => told.length >= count", expected.Length);
        Assert.Equal(expected, await TellAsync(person));
    }

    // As assistive technology is given the page: what is live, and how.
    static async Task<List<string>> LiveNodesAsync(Visitor person)
    {
        var cdp = await person.Context.NewCDPSessionAsync(person.Page);
        var nodes = (await cdp.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray().ToList();
        var found = new List<string>();
        foreach (var node in nodes.Where(n => n.TryGetProperty("properties", out _)))
        {
            var live = node.GetProperty("properties").EnumerateArray().FirstOrDefault(p => p.GetProperty("name").GetString() == "live");
            if (live.ValueKind == JsonValueKind.Undefined) continue;

            var role = node.GetProperty("role").GetProperty("value").GetString();
            var dom = await cdp.SendAsync("DOM.resolveNode", new() { ["backendNodeId"] = node.GetProperty("backendDOMNodeId").GetInt32() });
            var text = await cdp.SendAsync("Runtime.callFunctionOn", new() { ["objectId"] = dom!.Value.GetProperty("object").GetProperty("objectId").GetString()!, ["functionDeclaration"] = "function() { return this.id === 'said' ? this.textContent : ''; }" });
            var said = System.Text.RegularExpressions.Regex.Replace(text!.Value.GetProperty("result").GetProperty("value").GetString()!, "(Bob|Cleo) \\d+:", "$1:");
            found.Add($"{(said.Length > 0 ? said : role)} {live.GetProperty("value").GetProperty("value").GetString()}");
        }
        return found;
    }
}
