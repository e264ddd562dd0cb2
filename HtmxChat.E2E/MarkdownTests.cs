using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What people write in Markdown, as others see and use it.</summary>
public sealed class MarkdownTests(Site site) : IClassFixture<Site>
{
    const string Everything =
        """
        # A heading

        **bold**, *slanted*, ~~gone~~, `code` and https://example.org, said ||the butler||.

        > A quote
        > of two lines

        - one
          1. two

        | Tea | Cups |
        |-----|-----:|
        | Green | 2 |

        ```cs
        public int Answer => 6 * 7; // at last, in a line that is far too long for any page to show it without being scrolled from its beginning to its end, which is here
        if (x) return "y";
        ```

        ```json
        {"a": [1, true, "b"]}
        ```

        ```diff
        -old
        +new
        ```
        """;

    // How many boxes what is hidden has on the page: a browser that draws it may still call it hidden.
    const string Boxes = "spoiler => { const range = document.createRange(); range.selectNodeContents(spoiler); range.setStartAfter(spoiler.firstElementChild); return range.getClientRects().length; }";

    [Fact]
    public async Task Everybody_sees_it_alike_over_every_carrier_and_with_scripts_off()
    {
        var bob = await site.JoinAsync("Bob");
        var room = await bob.CreateRoomAsync("Alike");
        await bob.BecomesLiveAsync();
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = true };
        var cleo = await site.JoinAsync("Cleo", proxy.Url);
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await cleo.StatusBecomesAsync("fallback");
        var dora = await site.JoinAsync("Dora", scripts: false);
        await dora.Page.GotoAsync($"/rooms/{room}", new() { WaitUntil = WaitUntilState.Commit });
        var streamed = dora.Page.FrameLocator("iframe.stream");
        await Expect(streamed.Locator(".older")).ToBeVisibleAsync();

        await bob.SayAsync(Everything);

        foreach (var said in new[] { bob.Messages.Last, cleo.Messages.Last, streamed.Locator(".message").Last })
        {
            await Expect(said.Locator("strong")).ToHaveTextAsync("bold");
            await Expect(said.Locator(".c-word").First).ToHaveTextAsync("public");
            await Expect(said.Locator("td.right")).ToHaveTextAsync("2");
        }
        Assert.Equal(await ShownAsync(bob.Messages.Last), await ShownAsync(cleo.Messages.Last));
        Assert.Equal(await ShownAsync(bob.Messages.Last), await ShownAsync(streamed.Locator(".message").Last));
        var link = streamed.Locator(".text a");
        Assert.Equal(("_blank", "nofollow noopener noreferrer"), (await link.GetAttributeAsync("target"), await link.GetAttributeAsync("rel")));
        await streamed.Locator("summary").ClickAsync();
        await Expect(streamed.Locator("details")).ToContainTextAsync("the butler");
        await bob.Page.ReloadAsync();
        Assert.Equal(await ShownAsync(cleo.Messages.Last), await ShownAsync(bob.Messages.Last));

        static Task<string> ShownAsync(ILocator message) => message.Locator(".text").InnerHTMLAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_in_it_and_nothing_sticks_out(ColorScheme scheme, int width)
    {
        var eve = await site.JoinAsync($"Eve {width}", with: o => (o.ColorScheme, o.ViewportSize) = (scheme, new() { Width = width, Height = 900 }));
        await eve.CreateRoomAsync($"Looks {width}");
        await eve.BecomesLiveAsync();
        await eve.SayAsync(Everything);
        await Expect(eve.Messages.Last.Locator("table")).ToBeVisibleAsync();

        await AccessTests.AxeFindsNothingAsync(eve.Page);
        Assert.True(await eve.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.getElementById('scroller').scrollWidth <= innerWidth"));
        await eve.Page.GotoAsync("/help/formatting");
        await AccessTests.AxeFindsNothingAsync(eve.Page);
        Assert.Empty(eve.Complaints);
    }

    [Fact]
    public async Task Code_is_scrolled_by_keys_and_copied_with_its_lines()
    {
        var fay = await site.JoinAsync("Fay", with: o => o.ViewportSize = new() { Width = 390, Height = 700 });
        await fay.CreateRoomAsync("Code");
        await fay.BecomesLiveAsync();
        await fay.SayAsync($"```py\nx = \"{new string('a', 200)}\"\n\n\ty = 2 # two\n```");
        var code = fay.Page.GetByRole(AriaRole.Group, new() { Name = "Code: Python" });

        await code.FocusAsync();
        await fay.Page.Keyboard.PressAsync("End");
        await fay.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(fay.Page.Locator(".source:focus")).ToBeVisibleAsync();
        await fay.Page.WaitForFunctionAsync("document.querySelector('.source').scrollLeft > 0");

        Assert.Equal($"x = \"{new string('a', 200)}\"\n\n\ty = 2 # two", await code.EvaluateAsync<string>("pre => { getSelection().selectAllChildren(pre); return getSelection().toString(); }"));
    }

    [Fact]
    public async Task What_is_hidden_is_shown_by_keys_and_stays_so_when_the_message_is_edited()
    {
        var gus = await site.JoinAsync("Gus");
        var room = await gus.CreateRoomAsync("Whodunit");
        await gus.BecomesLiveAsync();
        var hal = await site.JoinAsync("Hal");
        await hal.EnterAsync(room);
        await gus.SayAsync("It was ||the butler||.");
        await Expect(gus.Messages).ToHaveCountAsync(1);
        var spoiler = hal.Page.Locator(".text details");
        Assert.Equal(0, await spoiler.EvaluateAsync<int>(Boxes));

        await spoiler.Locator("summary").FocusAsync();
        await hal.Page.Keyboard.PressAsync("Enter");
        Assert.Equal(1, await spoiler.EvaluateAsync<int>(Boxes));
        await gus.Composer.PressAsync("ArrowUp");
        await gus.Page.Locator("#editor textarea").FillAsync("It was ||the butler|| indeed.");
        await gus.Page.Keyboard.PressAsync("Enter");

        await Expect(hal.Messages.Last).ToContainTextAsync("indeed");
        await Expect(spoiler.GetByText("the butler")).ToBeVisibleAsync();
        await Expect(spoiler.Locator("summary")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Copying_a_text_gives_what_was_typed_and_without_script_a_page_does()
    {
        const string Typed = "**bold**\n\n- `a`\n- ||b||";
        var ida = await site.JoinAsync("Ida");
        var room = await ida.CreateRoomAsync("Sources");
        await ida.BecomesLiveAsync();
        await ida.SayAsync(Typed);
        await Expect(ida.Messages.Last.Locator("strong")).ToHaveTextAsync("bold");
        await ida.Page.EvaluateAsync("document.addEventListener('copy', () => { window.copied = document.activeElement.value; })");

        await ida.Messages.Last.HoverAsync();
        await ida.Messages.Last.Locator(".more").ClickAsync();
        await ida.Page.Locator("#menu").GetByText("Copy text").ClickAsync();

        await Expect(ida.Page.Locator("#toast")).ToHaveTextAsync("Copied.");
        Assert.Equal(Typed, await ida.Page.EvaluateAsync<string>("window.copied"));
        var jon = await site.JoinAsync("Jon", scripts: false);
        await jon.Page.GotoAsync($"/rooms/{room}/messages/1/more");
        await jon.Page.GetByText("Copy text").ClickAsync();
        await Expect(jon.Page).ToHaveURLAsync(new Regex("/messages/1/source$"));
        Assert.Equal(Typed, await jon.Page.Locator("pre").TextContentAsync());
    }

    [Fact]
    public async Task A_few_emoji_are_large_and_actions_bear_a_name()
    {
        var kim = await site.JoinAsync("Kim");
        await kim.CreateRoomAsync("Signs");
        await kim.BecomesLiveAsync();

        await kim.SayAsync("/me waves");
        await kim.SeesAsync("* Kim waves");
        await kim.SayAsync("👍");

        await Expect(kim.Messages.Last.Locator(".text")).ToHaveTextAsync("👍");
        Assert.True(await kim.Messages.Last.Locator(".text").EvaluateAsync<double>("e => parseFloat(getComputedStyle(e).fontSize)") > 32);
    }

    [Fact]
    public async Task An_edit_that_was_missed_is_there_in_Markdown_after_the_return()
    {
        var lou = await site.JoinAsync("Lou");
        var room = await lou.CreateRoomAsync("Missed");
        await lou.BecomesLiveAsync();
        await lou.SayAsync("plain");
        await using var proxy = new Proxy(site.Server.Port);
        var mia = await site.JoinAsync("Mia", proxy.Url);
        await mia.EnterAsync(room);
        await mia.SeesAsync("plain");

        proxy.Cut();
        await mia.StatusBecomesAsync("reconnecting");
        await lou.Composer.PressAsync("ArrowUp");
        await lou.Page.Locator("#editor textarea").FillAsync("**not** plain");
        await lou.Page.Keyboard.PressAsync("Enter");
        await Expect(lou.Messages.Last.Locator("strong")).ToHaveTextAsync("not");
        proxy.Mend();

        await Expect(mia.Messages.Last.Locator("strong")).ToHaveTextAsync("not");
    }
}
