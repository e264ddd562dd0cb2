using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class AccessTests(Site site, Chromium chromium) : IClassFixture<Site>
{
    [Fact]
    public async Task Axe_finds_nothing_on_the_set_up_page_which_leads_to_the_first_invitation()
    {
        await using var empty = new ChatServer();
        await empty.StartAsync();
        await using var context = await chromium.Browser.NewContextAsync(new() { BaseURL = empty.Url });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        Assert.EndsWith("/setup", page.Url, StringComparison.Ordinal);

        await AxeFindsNothingAsync(page);
        await page.Keyboard.TypeAsync("Riverside");
        await page.FillAsync("#Name", "Ann");
        await page.FillAsync("#Password", Site.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".invite-link")).ToHaveValueAsync(new Regex("^http.*/join/"));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Axe_finds_nothing_on_any_other_page(ColorScheme scheme, int width)
    {
        var stranger = await site.ComeAsync(with: Look);
        foreach (var path in new[] { "/sign-in", site.Invite, "/forgot", "/reset/none" })
        {
            await stranger.Page.GotoAsync(path);
            await AxeFindsNothingAsync(stranger.Page);
        }
        await stranger.Page.GotoAsync("/sign-in");
        await stranger.Page.FillAsync("#Name", "Nobody");
        await stranger.Page.FillAsync("#Password", "not the password");
        await stranger.Page.ClickAsync("button");
        await Expect(stranger.Page.Locator(".problem")).ToContainTextAsync("do not match");
        await AxeFindsNothingAsync(stranger.Page);

        var ann = await site.AnnAsync(with: Look);
        await ann.PostManyAsync("line", 45);
        await ann.Page.GotoAsync($"/rooms/1/messages/{width % 7 + 1}/report");
        await ann.Page.FillAsync("#Reason", "Too loud");
        await ann.Page.ClickAsync("main button");
        foreach (var path in new[] { "/admin", "/admin/people", "/admin/people/1", "/admin/invites", "/admin/audit", "/admin/settings", "/admin/rooms", "/admin/reports", "/rooms/1/messages/1/report", "/mentions", "/rooms/1/messages/1/forward", "/rooms", "/rooms/new", "/direct/new", "/rooms/1/about", "/rooms/1/settings", "/sign-out", "/account/password", "/account/email", "/account/comfort", "/jump", "/jump?q=a", "/help/keys", "/rooms/1?before=20" })
        {
            await ann.Page.GotoAsync(path);
            await AxeFindsNothingAsync(ann.Page);
        }
        await ann.EnterAsync();
        await ann.SayAsync("how do we look?");
        await ann.SeesAsync("how do we look?");
        await AxeFindsNothingAsync(ann.Page);

        void Look(BrowserNewContextOptions o) => (o.ColorScheme, o.ViewportSize) = (scheme, new() { Width = width, Height = 700 });
    }

    [Fact]
    public async Task Everything_can_be_done_by_keyboard()
    {
        var visitor = await site.ComeAsync();
        var keys = visitor.Page.Keyboard;
        await visitor.Page.GotoAsync(site.Invite);
        await Expect(visitor.Page.Locator("#Name")).ToBeFocusedAsync();

        await keys.TypeAsync("Keyboard Kim");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Site.Password);
        await keys.PressAsync("Enter");
        await visitor.BecomesLiveAsync();
        await keys.TypeAsync("typed at once");
        await keys.PressAsync("Enter");
        await visitor.SeesAsync("typed at once");

        await visitor.TabToAsync("New room");
        await keys.PressAsync("Enter");
        await Expect(visitor.Page.Locator("#Name")).ToBeFocusedAsync();
        await keys.TypeAsync("By keyboard");
        await keys.PressAsync("Enter");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("By keyboard");

        await visitor.TabToAsync("Sign out");
        await keys.PressAsync("Enter");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Links_that_lead_past_the_page_show_when_they_have_the_focus()
    {
        var ann = await site.AnnAsync();
        await ann.PostManyAsync("line", 10);
        await ann.EnterAsync();
        await Expect(ann.Page.Locator(".skip a").First).Not.ToBeInViewportAsync();

        await ann.Page.Locator(".skip a").First.FocusAsync();

        await Expect(ann.Page.Locator(".skip a").First).ToBeInViewportAsync();
        await ann.Page.ClickAsync("text=Write a message");
        await Expect(ann.Composer).ToBeFocusedAsync();
    }

    [Fact]
    public async Task On_a_phone_the_rooms_open_over_the_page_and_close_again()
    {
        var ann = await site.AnnAsync(with: o => o.ViewportSize = new() { Width = 320, Height = 568 });
        await ann.EnterAsync();
        await Expect(ann.Page.Locator("#rooms")).ToBeHiddenAsync();

        await ann.Page.ClickAsync(".menu");
        await Expect(ann.Page.Locator("#rooms")).ToBeVisibleAsync();
        await ann.Page.Keyboard.PressAsync("Escape");

        await Expect(ann.Page.Locator("#rooms")).ToBeHiddenAsync();
        Assert.True(await ann.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 320"), "nothing sticks out at the side");
    }

    /// <param name="page">With scripts: where they are off the tool waits for ever, and so is stopped.</param>
    internal static async Task AxeFindsNothingAsync(IPage page)
    {
        var found = await page.RunAxe().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotEmpty(found.Passes);
        Assert.True(found.Violations.Length == 0, $"{page.Url}: {string.Join("; ", found.Violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(n => n.Html))}"))}");
    }
}
