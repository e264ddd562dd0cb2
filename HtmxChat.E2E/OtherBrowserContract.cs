using HtmxChat.E2E.OtherBrowsers;

namespace HtmxChat.E2E;

/// <summary>What must hold in every browser, whatever its habits. Each test has a server of its own, because one of them stops it.</summary>
public abstract class OtherBrowserContract(Chromium chromium) : IAsyncLifetime
{
    readonly Site site = new(chromium);

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

        Assert.InRange(TimeProvider.System.GetElapsedTime(loaded), TimeSpan.Zero, TimeSpan.FromSeconds(5));
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

    async Task<BrowserSession> JoinAsync(string name, string url, Scripts scripts)
    {
        var browser = await StartAsync(scripts, new Uri(url), Ct);
        await browser.OpenAsync(new Uri(url + site.Invite), Ct);
        await browser.FillAsync("#Name", name, Ct);
        await browser.FillAsync("#Password", Site.Password, Ct);
        await browser.ReplaceDocumentAsync(ct => browser.ClickAsync("button", ct), Ct);
        await browser.WaitForTextAsync("h1", "Lobby", Ct);
        return browser;
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
        await browser.ReplaceDocumentAsync(ct => browser.ClickAsync("button", ct), Ct);
    }

    static async Task HearsAsync(BrowserSession browser, string text)
    {
        await browser.LeaveFramesAsync(Ct);
        await browser.EnterFrameAsync("iframe.stream", Ct);
        await browser.WaitForTextAsync("#messages", text, Ct);
    }
}
