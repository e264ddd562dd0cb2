using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

[Collection(typeof(Timed))]
public sealed class AdministrationTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Somebody_is_banned_by_keyboard_while_their_page_is_open()
    {
        var (ann, mallory) = (await site.AnnAsync(), await site.JoinAsync("Mallory"));
        await mallory.BecomesLiveAsync();
        await mallory.SayAsync("buy my pills");
        await ann.EnterAsync();
        await ann.SeesAsync("buy my pills");

        foreach (var (link, heading) in new[] { ("Administration", "Administration"), ("People", "People"), ("Mallory", "Mallory") })
        {
            await ann.TabToAsync(link);
            await ann.Page.Keyboard.PressAsync("Enter");
            await Expect(ann.Page.Locator("main h1")).ToHaveTextAsync(heading);
        }
        await ann.Page.Locator("[name=RemovesWritings]").FocusAsync();
        await ann.Page.Keyboard.PressAsync("Space");
        await ann.TabToAsync("Ban");
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(mallory.Page).ToHaveURLAsync(new Regex("/sign-in"));
        await Expect(ann.Page.Locator("main")).ToContainTextAsync("banned");
        await ann.EnterAsync();
        await ann.SeesAsync("This message was removed by an administrator. Why?");
    }
}
