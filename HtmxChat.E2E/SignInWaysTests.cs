using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>Ways of signing in besides the password, as a browser has them.</summary>
public sealed class SignInWaysTests(Site site) : IClassFixture<Site>
{
    // Passkeys need a name, and browsers trust this one without TLS.
    string Url => site.Server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    [Fact]
    public async Task A_passkey_is_added_signs_in_and_is_removed_by_keyboard()
    {
        var ada = await site.JoinAsync("Ada", Url);
        var (page, keys) = (ada.Page, ada.Page.Keyboard);
        await AddAuthenticatorAsync(ada);
        await page.GotoAsync("/account/passkeys");
        await page.FocusAsync("#Name");

        await keys.TypeAsync("Laptop");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("not the password");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#proof-problem")).ToHaveTextAsync("That is not your password.");
        await Expect(page.Locator("#Proof")).ToBeFocusedAsync();
        await keys.PressAsync("ControlOrMeta+A");
        await keys.TypeAsync(Site.Password);
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".entries input[name=NewName]")).ToHaveValueAsync("Laptop");
        await AccessTests.AxeFindsNothingAsync(page);

        await SignOutAsync(ada);
        await AccessTests.AxeFindsNothingAsync(page);
        await ada.TabToAsync("Sign in with a passkey");
        await keys.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/rooms/\\d+$"));

        await page.GotoAsync("/account/passkeys");
        await Expect(page.Locator(".entries small")).ToContainTextAsync("last used on");
        await ada.TabToAsync("Remove Laptop");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Remove a passkey");
        await AccessTests.AxeFindsNothingAsync(page);
        await page.FocusAsync("#Proof");
        await keys.TypeAsync(Site.Password);
        await keys.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Passkeys");
        await Expect(page.Locator(".entries")).ToHaveCountAsync(0);
        await SignOutAsync(ada);
        await page.ClickAsync("text=Sign in with a passkey");
        await Expect(page.Locator(".validation-summary-errors")).ToHaveTextAsync("That passkey signs nobody in here. Try another, or your password.");
        Assert.DoesNotContain(ada.Complaints, c => c.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Axe_finds_nothing_from_switching_two_step_sign_in_on_to_signing_in_with_it(ColorScheme scheme, int width)
    {
        var bob = await site.JoinAsync($"Bob {scheme}", with: o => (o.ColorScheme, o.ViewportSize) = (scheme, new() { Width = width, Height = 700 }));
        await bob.Page.GotoAsync("/account/two-step");
        await AccessTests.AxeFindsNothingAsync(bob.Page);

        await bob.Page.FillAsync("#Proof", Site.Password);
        await bob.Page.ClickAsync("text=Set it up");
        await Expect(bob.Page.Locator("svg[role=img]")).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        var app = new AuthenticatorApp(await bob.Page.InnerTextAsync(".code"));
        await bob.Page.FillAsync("#Code", app.Code);
        await bob.Page.ClickAsync("text=Switch on");
        await Expect(bob.Page.Locator(".codes li")).ToHaveCountAsync(10);
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.ClickAsync("text=I have kept them");
        await Expect(bob.Page.Locator("text=10 recovery codes left")).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        Assert.True(await bob.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out at the side");

        await SignOutAsync(bob);
        await bob.Page.FillAsync("#Name", $"Bob {scheme}");
        await bob.Page.FillAsync("#Password", Site.Password);
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(bob.Page.Locator("#Code")).ToBeFocusedAsync();
        await AccessTests.AxeFindsNothingAsync(bob.Page);
        await bob.Page.Keyboard.TypeAsync(app.NextCode);
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(bob.Page).ToHaveURLAsync(new Regex("/rooms/\\d+$"));
    }

    [Fact]
    public async Task A_phone_is_signed_in_by_a_link_and_the_page_on_the_computer_notices()
    {
        var eve = await site.JoinAsync("Eve");
        await eve.Page.GotoAsync("/account/phone");
        await eve.Page.ClickAsync("text=Show the picture");
        await Expect(eve.Page.Locator("svg[role=img]")).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(eve.Page);
        var phone = await site.ComeAsync(scripts: false, with: o => o.ViewportSize = new() { Width = 360, Height = 700 });

        await phone.Page.GotoAsync(new Uri(await eve.Page.InputValueAsync("#link")).AbsolutePath);
        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync("Sign in as Eve?");
        await phone.Page.ClickAsync("text=Sign in here");

        await Expect(phone.Page).ToHaveURLAsync(new Regex("/rooms/\\d+$"));
        await Expect(eve.Page.Locator("#phone-link")).ToContainTextAsync("Done.");
        Assert.Empty(eve.Complaints);
    }

    [Fact]
    public async Task Without_scripts_the_pages_say_that_passkeys_need_them()
    {
        var kim = await site.JoinAsync("Kim", scripts: false);

        await kim.Page.GotoAsync("/account/passkeys");

        await Expect(kim.Page.Locator("[data-without-passkeys]")).ToBeVisibleAsync();
        await Expect(kim.Page.Locator("form[data-passkey]")).ToBeHiddenAsync();
        await SignOutAsync(kim);
        await Expect(kim.Page.Locator("[data-without-passkeys]")).ToBeVisibleAsync();
    }

    static async Task SignOutAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/sign-out");
        await visitor.Page.ClickAsync("main button");
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    /// <summary>A device that keeps passkeys and is unlocked at once.</summary>
    static async Task AddAuthenticatorAsync(Visitor visitor)
    {
        var devTools = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
