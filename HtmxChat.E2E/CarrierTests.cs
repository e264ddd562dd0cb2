using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

[Collection(typeof(Timed))]
public sealed class CarrierTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Where_no_upgrade_is_to_be_had_the_page_is_live_by_events_within_5_seconds_both_ways()
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = true };
        var bob = await site.JoinAsync("Bob", proxy.Url);
        var room = await bob.CreateRoomAsync("Behind an old proxy");
        await bob.Page.EvaluateAsync("""
            () => {
              const status = document.getElementById('status'), [loaded] = performance.getEntriesByType('navigation');
              new MutationObserver(() => { if (status.dataset.state === 'fallback') window.took ??= performance.now() - loaded.domContentLoadedEventStart; }).observe(status, { attributeFilter: ['data-state'] });
            }
            """);

        await bob.StatusBecomesAsync("fallback");

        Assert.InRange(await bob.Page.EvaluateAsync<double>("window.took"), 1, 5_000);
        var cleo = await site.JoinAsync("Cleo");
        await cleo.EnterAsync(room);
        await bob.SayAsync("can you hear me?");
        await cleo.SeesAsync("can you hear me?");
        await cleo.SayAsync("clearly");
        await bob.SeesAsync("clearly");
        await bob.SeesAsync("can you hear me?");
        await Expect(bob.Unsent).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_next_page_of_that_tab_starts_by_events_at_once()
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = true };
        var dora = await site.JoinAsync("Dora", proxy.Url);
        await dora.Page.GotoAsync("/rooms/1");
        await dora.StatusBecomesAsync("fallback");

        var tries = 0;
        dora.Page.WebSocket += (_, _) => tries++;
        await dora.Page.ReloadAsync();

        await dora.StatusBecomesAsync("fallback");
        Assert.Equal(0, tries);
    }

    [Fact]
    public async Task A_page_that_lives_by_events_still_does_when_its_tab_was_left_again_and_again()
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = true };
        var hal = await site.JoinAsync("Hal", proxy.Url);
        var room = await hal.CreateRoomAsync("Left and come back to");
        await hal.StatusBecomesAsync("fallback");
        await hal.Page.Clock.InstallAsync();
        var ann = await site.AnnAsync();

        for (var n = 1; n <= 3; n++)
        {
            await hal.HideAsync(true);
            await hal.Page.Clock.FastForwardAsync("00:20");
            await ann.PostManyAsync($"meanwhile {n}", 1, room);
            await hal.HideAsync(false);
            await hal.SeesAsync($"meanwhile {n} 1");
            await hal.StatusBecomesAsync("fallback");
        }
    }

    [Fact]
    public Task A_cut_WebSocket_comes_back_with_all_200_messages_once_and_in_order() => CutAndMendAsync("live", "Eve", "Cut socket");

    [Fact]
    public Task A_cut_event_stream_comes_back_with_all_200_messages_once_and_in_order() => CutAndMendAsync("fallback", "Fay", "Cut stream");

    async Task CutAndMendAsync(string state, string name, string roomName)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = state == "fallback" };
        var reader = await site.JoinAsync(name, proxy.Url);
        var room = await reader.CreateRoomAsync(roomName);
        await reader.StatusBecomesAsync(state);
        await reader.SayAsync("before");
        await reader.SeesAsync("before");
        var writer = await site.AnnAsync();

        proxy.Cut();
        await reader.StatusBecomesAsync("reconnecting");
        await writer.PostManyAsync("missed", 200, room);
        Assert.Equal(["before"], await reader.TextsAsync());
        proxy.Mend();

        await reader.StatusBecomesAsync(state);
        await reader.SeesAsync("missed 200");
        Assert.Equal(["before", .. Enumerable.Range(1, 200).Select(i => $"missed {i}")], await reader.TextsAsync());
    }
}
