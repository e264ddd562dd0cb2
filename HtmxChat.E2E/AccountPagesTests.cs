using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class AccountPagesTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task They_are_used_by_keyboard_and_axe_finds_nothing(ColorScheme scheme, int width)
    {
        var dora = await site.JoinAsync($"Dora {scheme}", with: o => (o.ColorScheme, o.ViewportSize) = (scheme, new() { Width = width, Height = 800 }));
        var (page, keys) = (dora.Page, dora.Page.Keyboard);
        var said = $"said in {scheme}";
        await dora.SayAsync(said);
        await dora.SeesAsync(said);
        await Expect(page.Locator(".me a")).ToHaveAttributeAsync("href", "/account");
        await page.GotoAsync("/account");
        await AccessTests.AxeFindsNothingAsync(page);

        await page.Locator("#Name").FocusAsync();
        await keys.PressAsync("Control+A");
        await keys.TypeAsync($"Dora by keys {scheme}");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[role=status]")).ToHaveTextAsync("Saved.");
        await page.SetInputFilesAsync("#Picture", new FilePayload { Name = "me.gif", MimeType = "image/gif", Buffer = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7") });
        await page.Locator("#Picture").FocusAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".portrait img")).ToBeVisibleAsync();
        Assert.Equal(192, await page.Locator(".portrait img").EvaluateAsync<int>("picture => picture.decode().then(() => picture.naturalWidth)"));

        foreach (var path in new[] { "/account", "/account/sessions", "/account/delete", "/people/1", "/goodbye", "/rooms/1/messages/1", "/rooms/1" })
        {
            await page.GotoAsync(path);
            await AccessTests.AxeFindsNothingAsync(page);
            if (Environment.GetEnvironmentVariable("SHOTS") is { } shots) await page.ScreenshotAsync(new() { Path = $"{shots}/{path.Replace('/', '_')}-{width}.png", FullPage = true });
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path}: nothing sticks out at the side");
        }
        await Expect(dora.MessageSaying(said).Locator(".by b")).ToHaveTextAsync($"Dora by keys {scheme}");
        await Expect(page.Locator(".skip [href='#rooms']")).ToBeVisibleAsync(new() { Visible = width == 1280 }); // on a phone the list is closed, and its button is next

        await page.GotoAsync("/rooms/1/messages/1");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.onward').getBoundingClientRect().top >= document.querySelector('#scroller').getBoundingClientRect().bottom"), "the way to the newest messages lies over none");

        await page.GotoAsync("/account/delete");
        await page.Locator("#Confirmation").FocusAsync();
        await keys.TypeAsync(Site.Password);
        await keys.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Your account is deleted");
        Assert.Empty(dora.Complaints);
    }
}
