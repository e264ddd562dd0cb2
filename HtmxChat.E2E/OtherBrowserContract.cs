using HtmxChat.E2E.OtherBrowsers;

namespace HtmxChat.E2E;

/// <summary>What must hold in every browser, whatever its habits. Each test has a server of its own, because one of them stops it.</summary>
public abstract class OtherBrowserContract(Chromium chromium) : IAsyncLifetime
{
    readonly PreviewSite site = new(chromium);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await site.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<BrowserSession> StartAsync(Scripts scripts, Uri site, CancellationToken ct);

    [Fact]
    public async Task Two_people_talk_and_what_is_typed_outlives_a_restart_of_the_server()
    {
        await using var bob = await JoinAsync("Bob", site.Server.Url, Scripts.On);
        await using var cleo = await JoinAsync("Cleo", site.Server.Url, Scripts.On);
        await bob.WaitForTextAsync("#status", "Live", Ct);
        await cleo.WaitForTextAsync("#status", "Live", Ct);

        await SayAsync(bob, "hello");
        await cleo.WaitForTextAsync("#messages", "hello", Ct);
        await SayAsync(cleo, "hello yourself");
        await bob.WaitForTextAsync("#messages", "hello yourself", Ct);

        await site.Server.KillAsync();
        await bob.WaitForTextAsync("#status", "Reconnecting", Ct);
        await SayAsync(bob, "sent while away");
        await cleo.FillAsync("#text", "half a thought", Ct);
        await bob.WaitForTextAsync("#outbox", "Not sent yet", Ct);
        await site.Server.StartAsync();

        bob.Patience = cleo.Patience = TimeSpan.FromSeconds(40); // Firefox lets a host that has failed wait
        await cleo.WaitForTextAsync("#messages", "sent while away", Ct);
        await bob.WaitForTextAsync("#messages", "sent while away", Ct);
        await cleo.PressEnterAsync("#text", Ct);
        await bob.WaitForTextAsync("#messages", "half a thought", Ct);
    }

    [Fact]
    public async Task Where_no_upgrade_is_to_be_had_it_goes_by_events_within_5_seconds_both_ways()
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = true };
        await using var dora = await JoinAsync("Dora", proxy.Url, Scripts.On);
        var loaded = TimeProvider.System.GetTimestamp();

        await dora.WaitForTextAsync("#status", "Live, by fallback", Ct);

        Assert.InRange(TimeProvider.System.GetElapsedTime(loaded), TimeSpan.Zero, TimeSpan.FromSeconds(7)); // 5 s, and the driver's own time
        var ann = await site.AnnAsync();
        await ann.EnterAsync();
        await SayAsync(dora, "by post");
        await ann.SeesAsync("by post");
        await ann.SayAsync("by event");
        await dora.WaitForTextAsync("#messages", "by event", Ct);
    }

    [Fact]
    public async Task Without_script_the_streamed_page_is_live_in_a_room_with_one_short_message()
    {
        await using var eve = await JoinAsync("Eve", site.Server.Url, Scripts.Off);
        await using var gus = await JoinAsync("Gus", site.Server.Url, Scripts.Off);

        await SendAsync(eve, "hi");
        await HearsAsync(gus, "hi");
        await SendAsync(gus, "yo");

        await HearsAsync(eve, "yo");
        await HearsAsync(eve, "hi");
    }

    [Fact]
    public async Task What_is_read_stays_where_it_is_whatever_grows_around_it_and_when_older_messages_come()
    {
        const string Read = "#m-70 .text";
        var ann = await site.AnnAsync();
        var room = await ann.CreateRoomAsync("Long");
        await ann.PostManyAsync("line", 100, room);
        await using var bob = await JoinAsync("Bob", site.Server.Url, Scripts.On);
        await bob.OpenAsync(new Uri($"{site.Server.Url}/rooms/{room}"), Ct);
        await bob.WaitForTextAsync("#status", "Live", Ct);
        await bob.RunAsync(Read, "e.scrollIntoView()", Ct);

        await HoldsAsync(() => EditAsync(62, 12));
        await HoldsAsync(() => EditAsync(62, 1));
        await HoldsAsync(() => EditAsync(98, 12));
        await HoldsAsync(async () =>
        {
            await ann.PostManyAsync("new", 2, room);
            await bob.WaitForTextAsync("#newest", "2 new messages", Ct);
        });
        await HoldsAsync(async () =>
        {
            await bob.RunAsync(".older a", "e.click()", Ct);
            await bob.WaitForTextAsync("#m-22 .text", "line 22", Ct);
        });

        // Now its beginning is out of sight, and some of it is still to be seen.
        await EditAsync(69, 12);
        await bob.RunAsync("#scroller", "e.scrollTop -= 60", Ct);
        await HoldsAsync(() => EditAsync(69, 20));

        async Task HoldsAsync(Func<Task> happens)
        {
            var before = await TopAsync();
            await happens();
            Assert.Equal(before, await TopAsync(), tolerance: 1);
        }

        async Task<double> TopAsync() => double.Parse(await bob.RunAsync(Read, "return e.getBoundingClientRect().top", Ct), System.Globalization.CultureInfo.InvariantCulture);

        async Task EditAsync(int seq, int lines)
        {
            await ann.EditAsync(room, seq, string.Join('\n', Enumerable.Range(1, lines).Select(i => $"and more {i}")));
            await bob.WaitForTextAsync($"#m-{seq} .text", $"and more {lines} (edited", Ct);
        }
    }

    [Fact]
    public async Task What_is_hidden_is_shown_an_emoji_is_found_and_previews_go_when_they_are_not_wanted()
    {
        var ann = await site.AnnAsync();
        var room = await ann.CreateRoomAsync("Whodunit");
        await ann.PostManyAsync("It was ||the butler||, says", 1, room);
        await ann.PostManyAsync($"{site.NewPage("Tea for two")}", 1, room);
        await using var bob = await JoinAsync("Bob", site.Server.Url, Scripts.On);
        await bob.OpenAsync(new Uri($"{site.Server.Url}/rooms/{room}"), Ct);
        await bob.WaitForTextAsync("#status", "Live", Ct);

        Assert.DoesNotContain("butler", await bob.TextAsync("#m-1 .text", Ct), StringComparison.Ordinal);
        await bob.ClickAsync("#m-1 summary", Ct);
        await bob.WaitForTextAsync("#m-1 .text", "the butler", Ct);

        await bob.RunAsync("#m-1 .more", "e.click()", Ct); // shown when it is pointed at
        await bob.ClickAsync("#menu .quick a", Ct);
        await bob.FillAsync("#menu [type=search]", "hedgeh", Ct);
        await bob.WaitForTextAsync("#emoji", "Found", Ct);
        await bob.ClickAsync("#emoji button", Ct);
        await bob.WaitForTextAsync("#m-1 .reactions", "🦔 1", Ct);
        await bob.WaitForTextAsync("#m-1 .text", "the butler", Ct);

        await bob.WaitForTextAsync("#m-2 .preview", "Tea for two", Ct);
        await bob.OpenAsync(new Uri($"{site.Server.Url}/account/comfort"), Ct);
        await bob.ClickAsync("[name=ShowsPreviews]", Ct);
        await bob.ReplaceDocumentAsync(ct => bob.ClickAsync("main button", ct), Ct);
        await bob.OpenAsync(new Uri($"{site.Server.Url}/rooms/{room}"), Ct);
        await bob.WaitForTextAsync("#status", "Live", Ct);
        Assert.Equal("0", await bob.RunAsync("#m-2 .preview", "return e.getClientRects().length", Ct));
    }

    async Task<BrowserSession> JoinAsync(string name, string url, Scripts scripts)
    {
        var browser = await StartAsync(scripts, new Uri(url), Ct);
        try
        {
            await browser.OpenAsync(new Uri(url + site.Invite), Ct);
            await browser.FillAsync("#Name", name, Ct);
            await browser.FillAsync("#Password", Site.Password, Ct);
            await browser.ReplaceDocumentAsync(ct => browser.ClickAsync("button", ct), Ct);
            await browser.WaitForTextAsync("h1", "Lobby", Ct);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync(); // nobody else knows of it yet
            throw;
        }
    }

    static async Task SayAsync(BrowserSession browser, string text)
    {
        await browser.FillAsync("#text", text, Ct);
        await browser.PressEnterAsync("#text", Ct);
    }

    static async Task SendAsync(BrowserSession browser, string text)
    {
        await browser.LeaveFramesAsync(Ct);
        await browser.EnterFrameAsync("iframe.composer", Ct);
        await browser.FillAsync("#text", text, Ct);
        await browser.ReplaceDocumentAsync(ct => browser.ClickAsync("#text ~ button", ct), Ct);
    }

    static async Task HearsAsync(BrowserSession browser, string text)
    {
        await browser.LeaveFramesAsync(Ct);
        await browser.EnterFrameAsync("iframe.stream", Ct);
        await browser.WaitForTextAsync("#messages", text, Ct);
    }
}
