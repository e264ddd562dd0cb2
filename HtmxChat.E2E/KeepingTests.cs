using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>These stop their server, so each has one of its own.</summary>
public sealed class KeepingTests(Chromium chromium) : IAsyncLifetime
{
    readonly Site site = new(chromium);

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Everything_is_there_after_a_reload_and_after_a_restart()
    {
        var bob = await site.JoinAsync("Bob");
        var room = await bob.CreateRoomAsync("Cellar", "what is kept");
        await bob.BecomesLiveAsync();
        await bob.SayAsync("a bottle of 1998");
        await bob.SeesAsync("a bottle of 1998");

        await bob.Page.ReloadAsync();
        await bob.SeesAsync("a bottle of 1998");

        await site.Server.StopAsync();
        await site.Server.StartAsync();
        await bob.EnterAsync(room);
        await bob.SeesAsync("a bottle of 1998");
        await Expect(bob.Page.Locator(".topic")).ToHaveTextAsync("what is kept");
    }

    [Fact]
    public async Task A_killed_server_that_comes_back_finds_both_tabs_live_again_without_a_reload()
    {
        var ann = await site.AnnAsync();
        await ann.EnterAsync();
        var bob = await site.JoinAsync("Bob");
        await bob.EnterAsync();
        await MarkAsync(ann);
        await MarkAsync(bob);

        await site.Server.KillAsync();
        await ann.StatusBecomesAsync("reconnecting");
        await bob.StatusBecomesAsync("reconnecting");
        await site.Server.StartAsync();

        await ann.BecomesLiveAsync();
        await bob.BecomesLiveAsync();
        await ann.SayAsync("still there?");
        await bob.SeesAsync("still there?");
        await bob.SayAsync("as ever");
        await ann.SeesAsync("as ever");
        Assert.True(await IsMarkedAsync(ann) && await IsMarkedAsync(bob), "neither page was reloaded");
    }

    [Fact]
    public async Task What_is_sent_while_the_server_is_away_goes_out_once_it_is_back()
    {
        var ann = await site.AnnAsync();
        await ann.EnterAsync();
        await site.Server.KillAsync();
        await ann.StatusBecomesAsync("reconnecting");

        await ann.SayAsync("one");
        await ann.SayAsync("two");
        await Expect(ann.Unsent).ToHaveCountAsync(2);
        await Expect(ann.Composer).ToHaveValueAsync("");
        await Expect(ann.Unsent.First).ToContainTextAsync("Not sent yet");
        await site.Server.StartAsync();

        await ann.SeesAsync("one");
        await ann.SeesAsync("two");
        await Expect(ann.Unsent).ToHaveCountAsync(0);
        Assert.Equal(["one", "two"], await ann.TextsAsync());
    }

    [Fact]
    public async Task An_unconfirmed_message_survives_a_reload_and_can_be_sent_again_or_discarded()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var ann = await site.AnnAsync(proxy.Url);
        await ann.EnterAsync();
        await ann.LoseSocketUnawaresAsync();
        await ann.SayAsync("take this back");
        await ann.Unsent.GetByText("Discard").ClickAsync();
        await Expect(ann.Unsent).ToHaveCountAsync(0);
        await ann.Page.EvaluateAsync("wake()");
        proxy.Cut();
        await ann.StatusBecomesAsync("reconnecting");
        proxy.Mend();
        await ann.BecomesLiveAsync();
        proxy.Cut();
        await ann.StatusBecomesAsync("reconnecting");
        await ann.SayAsync("keep this");
        await ann.SayAsync("forget this");
        await Expect(ann.Unsent).ToHaveCountAsync(2);

        await ann.Page.GotoAsync("about:blank"); // or what waits would go out by itself as soon as it can
        proxy.Mend();
        await ann.EnterAsync();
        await Expect(ann.Unsent).ToHaveCountAsync(2);
        await Expect(ann.Unsent.First).ToContainTextAsync("Not sent.");
        await ann.Unsent.Filter(new() { HasText = "keep this" }).GetByText("Send again").ClickAsync();
        await ann.Unsent.Filter(new() { HasText = "forget this" }).GetByText("Discard").ClickAsync();

        await ann.SeesAsync("keep this");
        await Expect(ann.Unsent).ToHaveCountAsync(0);
        await ann.Page.ReloadAsync();
        await ann.SeesAsync("keep this");
        await Expect(ann.Unsent).ToHaveCountAsync(0);
        Assert.Equal(["keep this"], await ann.TextsAsync());
    }

    static async Task MarkAsync(Visitor visitor) => await visitor.Page.EvaluateAsync("document.body.dataset.marked = 'yes'");

    static async Task<bool> IsMarkedAsync(Visitor visitor) => await visitor.Page.EvaluateAsync<string?>("document.body.dataset.marked") == "yes";
}
