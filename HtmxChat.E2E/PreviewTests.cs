using System.Net;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What is behind a link, below the message with it.</summary>
public sealed class PreviewTests(PreviewSite site) : IClassFixture<PreviewSite>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_comes_to_everybody_in_the_room_and_nothing_moves_when_its_picture_has_come(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (bob, cleo) = await TwoAsync(bySse ? "Links by events" : "Links", proxy.Url, bySse);
        var second = await bob.SecondTabAsync();
        await second.Page.GotoAsync(bob.Page.Url);
        var goesOn = await cleo.HoldAsync("**/preview.webp*");

        await bob.SayAsync($"Look: {site.NewPage("Tea for two", "What one needs for it", picture: true)}");

        foreach (var page in new[] { bob.Page, second.Page, cleo.Page }) await Expect(page.Locator(".preview b")).ToHaveTextAsync("Tea for two");
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        var before = await PlaceAsync(cleo);
        goesOn.SetResult();
        await cleo.Page.WaitForFunctionAsync("() => document.querySelector('.preview img').naturalWidth > 0");
        Assert.Equal(before, await PlaceAsync(cleo));
        await Expect(bob.Page.Locator(".edited")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_that_was_cut_off_has_it_when_it_returns(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (bob, cleo) = await TwoAsync(bySse ? "Cut off from events" : "Cut off", proxy.Url, bySse);
        await bob.SayAsync("before");
        await cleo.SeesAsync("before");

        proxy.Cut();
        await cleo.StatusBecomesAsync("reconnecting");
        await bob.SayAsync($"{site.NewPage("Meanwhile")}");
        await Expect(bob.Page.Locator(".preview b")).ToHaveTextAsync("Meanwhile");
        await Expect(cleo.Page.Locator(".preview")).ToHaveCountAsync(0);
        proxy.Mend();

        await Expect(cleo.Page.Locator(".preview b")).ToHaveTextAsync("Meanwhile");
    }

    [Fact]
    public async Task Without_script_it_comes_by_the_streamed_page_and_its_author_removes_it_by_a_page()
    {
        var (bob, _) = await TwoAsync("Plain links");
        var ida = await site.JoinAsync("Ida of the plain links", scripts: false);
        await ida.Page.GotoAsync(bob.Page.Url, new() { WaitUntil = WaitUntilState.Commit });
        var form = ida.Page.FrameLocator("iframe.composer");
        await form.Locator("#text").FillAsync($"{site.NewPage("Without script", picture: true)}");
        await form.GetByText("Send", new() { Exact = true }).ClickAsync();

        var stream = ida.Page.FrameLocator("iframe.stream");
        await Expect(stream.Locator(".preview b")).ToHaveTextAsync("Without script");
        await Expect(stream.Locator(".message:visible")).ToHaveCountAsync(1);
        var more = await stream.Locator(".message:visible .more").GetAttributeAsync("href");
        await ida.Page.GotoAsync(more!);
        await ida.Page.GetByText("Remove preview").ClickAsync();
        await ida.Page.ClickAsync("main form button");
        await Expect(bob.Page.Locator(".message")).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator(".preview")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Its_author_removes_it_from_the_menu_and_deleting_the_message_takes_it_away()
    {
        var (bob, cleo) = await TwoAsync("Second thoughts");
        var second = await bob.SecondTabAsync();
        await bob.SayAsync($"{site.NewPage("Removed")}");
        await Expect(cleo.Page.Locator(".preview b")).ToHaveTextAsync("Removed");
        await OpenMenuAsync(cleo);
        await Expect(cleo.Page.Locator("#menu")).Not.ToContainTextAsync("Remove preview");

        await second.Page.GotoAsync($"{await bob.Page.Locator(".message .more").GetAttributeAsync("href")}"[..^4] + "preview");
        await AccessTests.AxeFindsNothingAsync(second.Page);
        await OpenMenuAsync(bob);
        await bob.Page.Locator("#menu").GetByText("Remove preview").ClickAsync();
        foreach (var page in new[] { bob.Page, cleo.Page }) await Expect(page.Locator(".preview")).ToHaveCountAsync(0);
        await Expect(bob.Page.Locator("#menu")).ToBeHiddenAsync();

        await bob.SayAsync($"{site.NewPage("Deleted", picture: true)}");
        var picture = cleo.Page.Locator(".preview img");
        await Expect(picture).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator(".preview img")).ToHaveCountAsync(1);
        var address = new Uri(new Uri(cleo.Page.Url), await picture.GetAttributeAsync("src")).AbsoluteUri;
        await OpenMenuAsync(bob);
        await bob.Page.Locator("#menu").GetByText("Delete", new() { Exact = true }).ClickAsync();
        foreach (var page in new[] { bob.Page, cleo.Page }) await Expect(page.Locator(".preview")).ToHaveCountAsync(0);
        Assert.Equal((int)HttpStatusCode.NotFound, (await cleo.Context.APIRequest.GetAsync(address)).Status);
    }

    [Fact]
    public async Task Who_does_not_want_to_see_them_does_not()
    {
        var (bob, cleo) = await TwoAsync("Hidden links");
        await bob.SayAsync($"{site.NewPage("Not for everybody")}");
        await Expect(cleo.Page.Locator(".preview b")).ToBeVisibleAsync();

        await cleo.Page.GotoAsync("/account/comfort");
        await cleo.Page.UncheckAsync("[name=ShowsPreviews]");
        await cleo.Page.ClickAsync("main button");
        await cleo.Page.GotoAsync(bob.Page.Url);

        await Expect(cleo.Page.Locator(".message .text")).ToBeVisibleAsync();
        await Expect(cleo.Page.Locator(".preview")).ToBeHiddenAsync();
        await Expect(bob.Page.Locator(".preview")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_room_does_without_when_its_owner_says_so()
    {
        var (bob, cleo) = await TwoAsync("No links");
        var room = bob.Page.Url;
        await bob.Page.GotoAsync($"{new Uri(room).AbsolutePath}/settings");
        await bob.Page.UncheckAsync("[name=ShowsPreviews]");
        await bob.Page.ClickAsync("main form button");
        await Expect(bob.Page).ToHaveURLAsync(room);
        await bob.BecomesLiveAsync();
        var (server, asked) = (site.Elsewhere[0], site.Elsewhere[0].Requests.Count);

        await bob.SayAsync($"{server.OnPage("/never", "<title>Never</title>")}");
        await cleo.Page.GotoAsync("/rooms/1");
        await cleo.BecomesLiveAsync();
        await cleo.SayAsync($"{server.OnPage("/shown", "<title>Shown</title>")}");

        await Expect(cleo.Page.Locator(".preview b", new() { HasText = "Shown" })).ToHaveCountAsync(1);
        Assert.Equal(asked + 1, server.Requests.Count);
        await Expect(bob.Page.Locator(".message")).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator(".preview")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Whatever_pages_say_of_themselves_is_text_in_the_browser_too()
    {
        var (mallory, cleo) = await TwoAsync("Hostile links");
        await cleo.Page.EvaluateAsync("() => { window.__ran = () => { window.__did = true; }; }");
        var strings = HostileStrings.Compose(1_200).Where(s => s.Length < 100).Take(96).ToList();

        foreach (var (text, n) in strings.Select((s, n) => (s, n)))
        {
            var said = WebUtility.HtmlEncode(text);
            var page = site.Elsewhere[n % site.Elsewhere.Count].OnPage($"/hostile-{n}", $"<title>t{n} {said}</title><meta property='og:description' content=\"d{n} {said}\"><meta property='og:site_name' content=\"s{n} {said[..Math.Min(said.Length, 30)]}\">");
            await mallory.SayAsync($"{page}");
        }

        // As many as a page keeps; all of them have been on it.
        await Expect(cleo.Page.Locator(".preview")).ToHaveCountAsync(strings.Count, new() { Timeout = 60_000 });
        Assert.Equal(["a", "b", "i", "small", "span"], await cleo.Page.EvaluateAsync<string[]>("[...new Set([...document.querySelectorAll('.preview, .preview *')].map(e => e.localName))].sort()"));
        Assert.Equal(["class", "dir", "href", "rel"], await cleo.Page.EvaluateAsync<string[]>("[...new Set([...document.querySelectorAll('.preview, .preview *')].flatMap(e => [...e.attributes].map(a => a.name)))].sort()"));
        Assert.Null(await cleo.Page.EvaluateAsync<bool?>("window.__did ?? null"));
        Assert.Empty(cleo.Complaints);
        var titles = await cleo.Page.Locator(".preview b").AllTextContentsAsync();
        Assert.Empty(strings.Select((s, n) => Visible($"t{n} {s}")).Except(titles.Select(Visible)));

        // As a line is cleaned, and as HTML reads what is no character.
        static string Visible(string text) => string.Concat(text.EnumerateRunes().Where(r => Rune.IsLetterOrDigit(r) || r.Value is '<' or '>' or '"' or '&'));
    }

    async Task<(Visitor Bob, Visitor Cleo)> TwoAsync(string name, string? url = null, bool byEvents = false)
    {
        var (bob, cleo) = (await site.JoinAsync($"Bob of {name}"), await site.JoinAsync($"Cleo of {name}", url));
        var room = await bob.CreateRoomAsync(name);
        await bob.BecomesLiveAsync();
        await cleo.Page.GotoAsync($"/rooms/{room}");
        await cleo.StatusBecomesAsync(byEvents ? "fallback" : "live");
        return (bob, cleo);
    }

    static async Task OpenMenuAsync(Visitor visitor)
    {
        var message = visitor.Messages.Last;
        await message.HoverAsync();
        await message.Locator(".more").ClickAsync();
        await Expect(visitor.Page.Locator("#menu a").First).ToBeVisibleAsync();
    }

    // Of the message and of what is in it.
    static Task<string> PlaceAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("JSON.stringify(['.message', '.message .text', '.preview', '.preview img'].map(s => document.querySelector(s).getBoundingClientRect()))");
}
