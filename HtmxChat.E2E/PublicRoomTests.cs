using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class PublicRoomTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_world_reads_a_public_room_and_signs_in_to_it_and_axe_finds_nothing(ColorScheme scheme, int width)
    {
        var ann = await site.AnnAsync(with: Look);
        var room = await ann.CreateRoomAsync($"Square {scheme}", "Everybody passes here");
        await ann.PostManyAsync("what people say to each other in passing, number", 90, room);
        await ann.Page.GotoAsync("/admin/settings");
        await ann.Page.CheckAsync("[name=RoomsMayBePublic]");
        await ann.Page.ClickAsync("main button >> nth=0");
        await ann.Page.GotoAsync($"/rooms/{room}/public");
        await IsFineAsync(ann.Page, "publish");
        await ann.Page.CheckAsync("[value=Everything]");
        await ann.Page.CheckAsync("[name=IsSure]");
        await ann.Page.ClickAsync("main .danger");
        await ann.BecomesLiveAsync();
        await Expect(ann.Page.Locator("#world-note")).ToHaveTextAsync("Anyone in the world can read this room.");

        var stranger = await site.ComeAsync(with: Look);
        var asked = new List<string>();
        stranger.Page.Request += (_, request) => asked.Add(request.Url);
        foreach (var path in new[] { $"/rooms/{room}", $"/rooms/{room}?before=51", $"/rooms/{room}/messages/45", "/public", "/sign-in" })
        {
            await stranger.Page.GotoAsync(path);
            await IsFineAsync(stranger.Page, $"world{path}");
        }
        Assert.All(asked, url => Assert.StartsWith(site.Server.Url, url, StringComparison.Ordinal));

        var plain = await site.ComeAsync(scripts: false, with: Look);
        await plain.Page.GotoAsync($"/rooms/{room}/messages/45");
        await Expect(plain.Page.Locator("#m-45")).ToBeInViewportAsync();
        await Expect(plain.Page.Locator("#m-20")).Not.ToBeInViewportAsync();

        foreach (var path in new[] { $"/rooms/{room}/messages/45", $"/rooms/{room}", $"/rooms/{room}/settings", $"/rooms/{room}/public" })
        {
            await ann.Page.GotoAsync(path);
            await IsFineAsync(ann.Page, $"member{path}");
        }
        await ann.Page.GotoAsync($"/rooms/{room}/messages/45");
        await Expect(ann.Page.Locator("#m-45")).ToBeInViewportAsync();

        // At the same address, which the browser may have kept.
        await stranger.Page.GotoAsync($"/rooms/{room}");
        await stranger.Page.ClickAsync("header .button");
        await stranger.Page.FillAsync("#Name", "Ann");
        await stranger.Page.FillAsync("#Password", Site.Password);
        await stranger.Page.ClickAsync("main button");
        await Expect(stranger.Page).ToHaveURLAsync(new Regex($"/rooms/{room}$"));
        await stranger.BecomesLiveAsync();
        Assert.Empty(stranger.Complaints);
        Assert.Empty(ann.Complaints);

        void Look(BrowserNewContextOptions o) => (o.ColorScheme, o.ViewportSize) = (scheme, new() { Width = width, Height = 800 });
    }

    static async Task IsFineAsync(IPage page, string name)
    {
        await AccessTests.AxeFindsNothingAsync(page);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name}: nothing sticks out at the side");
        if (Environment.GetEnvironmentVariable("SHOTS") is { } shots) await page.ScreenshotAsync(new() { Path = $"{shots}/{name.Replace('/', '_').Replace('?', '_')}-{page.ViewportSize!.Width}.png" });
    }
}
