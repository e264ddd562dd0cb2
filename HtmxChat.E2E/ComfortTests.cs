using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What a person likes takes effect, and names and texts that are written from right to left stay together.</summary>
public sealed class ComfortTests(Site site) : IClassFixture<Site>
{
    const string Paper = "getComputedStyle(document.documentElement).backgroundColor";
    const string White = "rgb(255, 255, 255)";

    [Theory]
    [InlineData(ColorScheme.Dark, "Light", true)]
    [InlineData(ColorScheme.Light, "Dark", false)]
    [InlineData(ColorScheme.Light, "System", true)]
    [InlineData(ColorScheme.Dark, "System", false)]
    public async Task Colours_are_as_the_person_likes_them_whatever_the_system_has(ColorScheme system, string liked, bool isLight)
    {
        var kim = await site.JoinAsync($"Kim {system} {liked}", with: o => o.ColorScheme = system);

        await kim.SendFormAsync("/account/comfort", ("Theme", liked));

        foreach (var path in new[] { "/account/comfort", "/rooms/1" })
        {
            await kim.Page.GotoAsync(path);
            Assert.Equal(isLight, await kim.Page.EvaluateAsync<string>(Paper) == White);
            await AccessTests.AxeFindsNothingAsync(kim.Page);
        }
    }

    [Fact]
    public async Task The_form_keeps_what_was_chosen_and_times_and_distances_follow_it()
    {
        var lea = await site.JoinAsync("Lea");
        await lea.EnterAsync();
        foreach (var text in new[] { "one", "two", "three" }) await lea.SayAsync(text);
        await lea.SeesAsync("three");
        await Expect(lea.Page.Locator(".by time").Last).ToHaveTextAsync(new Regex("^\\d\\d:\\d\\d$"));
        var height = await HeightAsync();

        await lea.Page.GotoAsync("/account/comfort");
        await lea.Page.GetByLabel("How close together").SelectOptionAsync("Compact");
        await lea.Page.GetByLabel("Times").SelectOptionAsync("Hours12");
        await lea.Page.GetByLabel("Movement").SelectOptionAsync("Reduced");
        await lea.Page.ClickAsync("main button");

        await Expect(lea.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved.");
        await Expect(lea.Page.GetByLabel("How close together")).ToHaveValueAsync("Compact");
        await Expect(lea.Page.GetByLabel("Show others that I am writing")).ToBeCheckedAsync();
        await lea.EnterAsync();
        await Expect(lea.Page.Locator(".by time").Last).ToHaveTextAsync(new Regex("^\\d\\d:\\d\\d\\s?[ap]m$"));
        Assert.True(await HeightAsync() < 0.9 * height, "three messages are less high");

        async Task<double> HeightAsync() => await lea.Page.EvaluateAsync<double>("[...document.querySelectorAll('.message')].slice(-3).reduce((sum, m) => sum + m.offsetHeight + parseFloat(getComputedStyle(m).marginTop), 0)");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Names_and_texts_from_right_to_left_stand_beside_those_from_left_to_right_and_change_nothing_around_them(int width)
    {
        var david = await site.JoinAsync($"דוד {width}");
        var room = await david.CreateRoomAsync($"الحديقة {width}", "البازلاء (peas)");
        await david.EnterAsync(room);
        await david.SayAsync("שלום לכולם! (hello)");
        await david.SeesAsync("שלום לכולם! (hello)");
        var amal = await site.JoinAsync($"أمل {width}", with: o => o.ViewportSize = new() { Width = width, Height = 700 });
        await amal.EnterAsync(room);
        await amal.Page.Locator("#scroller").FocusAsync();
        await amal.Page.Keyboard.PressAsync("End");
        await Expect(amal.MessageSaying("שלום לכולם! (hello)")).ToBeFocusedAsync();
        await amal.Page.Keyboard.PressAsync("r");
        await Expect(amal.Page.Locator("#answering")).ToContainTextAsync("שלום");
        await amal.SayAsync("plain English, 1 2 3.");
        await amal.SeesAsync("plain English, 1 2 3.");

        var (hebrew, english) = (amal.MessageSaying("שלום לכולם! (hello)"), amal.MessageSaying("plain English, 1 2 3."));
        Assert.Equal(("rtl", "ltr"), (await DirectionAsync(hebrew.Locator(".text")), await DirectionAsync(english.Locator(".text"))));
        foreach (var name in new[] { hebrew.Locator(".by b"), english.Locator(".by b"), english.Locator(".quote b"), english.Locator(".quote span"), amal.Page.Locator("#heading h1"), amal.Page.Locator("#room-list a[aria-current] .name") })
            Assert.Equal("rtl", await DirectionAsync(name));

        // The time stands after the name, and the quoted text after whose it is, as everywhere on this page.
        Assert.True(await LeftAsync(hebrew.Locator(".by b")) < await LeftAsync(hebrew.Locator(".by time")));
        Assert.True(await LeftAsync(english.Locator(".quote b")) < await LeftAsync(english.Locator(".quote span")));
        Assert.True(await amal.Page.EvaluateAsync<bool>($"document.documentElement.scrollWidth <= {width}"), "nothing sticks out at the side");
        Assert.Equal("ltr", await DirectionAsync(amal.Page.Locator(".bar")));
        await AccessTests.AxeFindsNothingAsync(amal.Page);
    }

    static Task<string> DirectionAsync(ILocator element) => element.EvaluateAsync<string>("e => getComputedStyle(e).direction");

    static Task<double> LeftAsync(ILocator element) => element.EvaluateAsync<double>("e => e.getBoundingClientRect().left");
}
