using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>Who is typing, as it is seen.</summary>
[Collection(typeof(Timed))]
public sealed class WritingTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Others_see_who_types_until_the_message_is_there(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (bob, cleo) = (await site.JoinAsync(bySse ? "Bea" : "Bob", proxy.Url), await site.JoinAsync(bySse ? "Clara" : "Cleo", proxy.Url));
        var room = await bob.CreateRoomAsync(bySse ? "By events" : "By socket");
        await cleo.Page.GotoAsync($"/rooms/{room}");
        foreach (var person in new[] { bob, cleo }) await person.StatusBecomesAsync(bySse ? "fallback" : "live");

        await bob.Composer.PressSequentiallyAsync("I am wri");
        await Expect(Typing(cleo)).ToHaveTextAsync($"{(bySse ? "Bea" : "Bob")} is typing…");
        await Expect(Typing(cleo)).ToHaveAttributeAsync("aria-hidden", "true");
        await Expect(Typing(bob)).ToBeEmptyAsync();
        await AccessTests.AxeFindsNothingAsync(cleo.Page);

        // At once, and not with the next look a second later.
        await cleo.Page.EvaluateAsync("new MutationObserver(() => { window.left = document.getElementById('typing').textContent; }).observe(document.getElementById('messages'), { childList: true })");
        await bob.Composer.PressAsync("Enter");
        await cleo.SeesAsync("I am wri");
        Assert.Equal("", await cleo.Page.EvaluateAsync<string>("window.left"));
        await Expect(Typing(cleo)).ToBeEmptyAsync();
        if (!bySse) Assert.Empty(bob.Complaints.Concat(cleo.Complaints));
    }

    [Fact]
    public async Task Whoever_stops_or_has_said_that_they_do_not_want_it_is_not_shown()
    {
        var (dora, eve) = (await site.JoinAsync("Dora"), await site.JoinAsync("Eve"));
        var room = await dora.CreateRoomAsync("Shy");
        await eve.EnterAsync(room);
        await dora.BecomesLiveAsync();
        await dora.Composer.PressSequentiallyAsync("hm");
        await Expect(Typing(eve)).ToHaveTextAsync("Dora is typing…");
        await dora.Composer.FillAsync("");
        await Expect(Typing(eve)).ToBeEmptyAsync(new() { Timeout = 4_000 });

        await eve.Page.GotoAsync("/account/comfort");
        await eve.Page.UncheckAsync("[name=SharesTyping]");
        await eve.Page.ClickAsync("main button");
        await eve.EnterAsync(room);
        var sent = new List<string>();
        eve.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => sent.Add(frame.Text ?? "");
        await eve.Page.ReloadAsync();
        await eve.BecomesLiveAsync();
        await eve.Composer.PressSequentiallyAsync("nobody knows");
        await eve.Composer.PressAsync("Enter");
        await dora.SeesAsync("nobody knows");
        Assert.Contains(sent, frame => frame.Contains("nobody knows", StringComparison.Ordinal));
        Assert.DoesNotContain(sent, frame => frame.Contains("typing", StringComparison.Ordinal));
    }

    static ILocator Typing(Visitor visitor) => visitor.Page.Locator("#typing");
}
