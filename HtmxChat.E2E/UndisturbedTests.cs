using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What somebody is about survives whatever the others do.</summary>
public sealed class UndisturbedTests(Site site) : IClassFixture<Site>
{
    // The first on the page, which shows the day, what is selected, what the menu belongs to, and the last.
    static readonly int[] Seqs = [21, 40, 41, 60];

    [Theory]
    [InlineData("live")]
    [InlineData("fallback")]
    public async Task A_half_typed_text_an_open_menu_the_scroll_place_and_the_selection_survive_somebody_elses_edit_reaction_and_arrival(string state)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = state == "fallback" };
        var (bob, cleo) = (await site.JoinAsync($"Bob {state}"), await site.JoinAsync($"Cleo {state}", proxy.Url));
        var room = await bob.CreateRoomAsync($"Undisturbed {state}");
        await bob.PostManyAsync("line", 60, room);
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await cleo.StatusBecomesAsync(state);
        await cleo.Composer.FillAsync("half-typ");
        await cleo.Page.EvaluateAsync("document.querySelector('#m-38').scrollIntoView()");
        await SelectAsync("#m-40 .by b");
        await cleo.Page.Locator("#m-41").HoverAsync();
        await cleo.Page.Locator("#m-41 .more").ClickAsync();
        await Expect(cleo.Page.Locator("#menu .quick button").First).ToBeFocusedAsync();
        var (before, place) = (await StateAsync(), await PlaceAsync());
        Assert.Equal($"half-typ, menu open, React with 👍, Bob {state}", before);

        foreach (var seq in Seqs)
        {
            await bob.EditAsync(room, seq, $"line {seq}\nand more");
            await Expect(cleo.Page.Locator($"#m-{seq} .text")).ToContainTextAsync("and more");
            await IsUndisturbedAsync();
        }
        await Expect(cleo.Page.Locator("#m-21 .day")).ToHaveCountAsync(1);
        await SelectAsync("#m-40 .text");
        before = await StateAsync();
        foreach (var seq in Seqs)
        {
            await bob.ReactAsync(room, seq);
            await Expect(cleo.Page.Locator($"#m-{seq} .reaction")).ToHaveCountAsync(1);
            await IsUndisturbedAsync();
        }
        await bob.PostManyAsync("new", 3, room);
        await Expect(cleo.Page.Locator("#newest")).ToHaveTextAsync("3 new messages");
        await IsUndisturbedAsync();

        Task SelectAsync(string css) => cleo.Page.EvaluateAsync("css => getSelection().selectAllChildren(document.querySelector(css))", css);

        Task<string> StateAsync() => cleo.Page.EvaluateAsync<string>("[document.getElementById('text').value, document.querySelector('#menu:popover-open') ? 'menu open' : 'no menu', document.activeElement.ariaLabel, getSelection().toString().trim()].join(', ')");

        Task<double> PlaceAsync() => cleo.Page.EvaluateAsync<double>("document.querySelector('#m-39 .text').getBoundingClientRect().top");

        async Task IsUndisturbedAsync()
        {
            Assert.Equal(before, await StateAsync());
            var now = await PlaceAsync();
            Assert.Equal(place, now, tolerance: 1);
            place = now;
        }
    }
}
