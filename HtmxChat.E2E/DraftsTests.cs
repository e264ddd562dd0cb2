using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>What is typed and not sent, on all of a person's devices.</summary>
public sealed class DraftsTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_typed_on_one_device_is_there_on_the_other_until_it_is_sent(bool bySse)
    {
        await using var proxy = new Proxy(site.Server.Port) { StripsUpgrade = bySse };
        var (phone, laptop, room) = await TwoDevicesAsync(bySse ? "By events" : "Everywhere", proxy.Url);
        await phone.StatusBecomesAsync(bySse ? "fallback" : "live");

        await phone.Composer.FillAsync("half a thought");
        await Expect(Pencil(laptop, room)).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(laptop.Page);
        await laptop.EnterAsync(room);
        await Expect(laptop.Composer).ToHaveValueAsync("half a thought");
        await Expect(Pencil(laptop, room)).ToBeHiddenAsync();

        await laptop.SayAsync("a whole thought");
        await laptop.SeesAsync("a whole thought");
        await laptop.Page.ReloadAsync();
        await laptop.BecomesLiveAsync();
        await Expect(laptop.Composer).ToHaveValueAsync("");
        await Expect(phone.Composer).ToHaveValueAsync("half a thought");
        Assert.Empty(laptop.Complaints);
    }

    [Fact]
    public async Task What_was_typed_a_moment_ago_outlives_a_reload_and_what_was_sent_a_moment_ago_does_not()
    {
        var (phone, _, room) = await TwoDevicesAsync("Reloaded");
        await phone.BecomesLiveAsync();

        await phone.Composer.FillAsync("typed a moment ago");
        await phone.Page.ReloadAsync();
        await Expect(phone.Composer).ToHaveValueAsync("typed a moment ago");
        await phone.BecomesLiveAsync();

        await phone.SayAsync("sent a moment ago");
        await phone.SeesAsync("sent a moment ago");
        await phone.Page.ReloadAsync();
        await phone.BecomesLiveAsync();
        await Expect(phone.Composer).ToHaveValueAsync("");
        await phone.Page.GotoAsync("/rooms/1");
        await phone.EnterAsync(room);
        await Expect(phone.Composer).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_was_being_typed_when_one_was_signed_out_elsewhere_is_there_when_one_has_signed_in_again()
    {
        var (phone, laptop, room) = await TwoDevicesAsync("Signed out");
        await phone.BecomesLiveAsync();
        await phone.Composer.FillAsync("in the middle of a");

        await laptop.SendFormAsync("/account/sessions?handler=EndOthers");
        await Expect(phone.Page).ToHaveURLAsync(new Regex("/sign-in"));
        await phone.SendFormAsync("/sign-in", ("Name", "Dana in Signed out"), ("Password", Site.Password));
        await phone.EnterAsync(room);

        await Expect(phone.Composer).ToHaveValueAsync("in the middle of a");
    }

    [Fact]
    public async Task What_is_typed_without_a_connection_is_saved_when_there_is_one_and_no_device_takes_anything_from_another()
    {
        await using var proxy = new Proxy(site.Server.Port);
        var (phone, laptop, room) = await TwoDevicesAsync("Two minds", proxy.Url);
        await phone.BecomesLiveAsync();
        await laptop.EnterAsync(room);
        proxy.Cut();
        await phone.StatusBecomesAsync("reconnecting");
        await phone.Composer.FillAsync("on the phone");
        var third = await laptop.SecondTabAsync();
        await third.EnterAsync();
        await Expect(Pencil(third, room)).ToBeHiddenAsync();
        proxy.Mend();
        await phone.BecomesLiveAsync();
        await Expect(Pencil(third, room)).ToBeVisibleAsync();

        await laptop.Composer.FillAsync("on the laptop");
        await laptop.Page.WaitForFunctionAsync("() => composer.elements.kept.value === 'on the laptop'");
        await Expect(phone.Composer).ToHaveValueAsync("on the phone");
        await Expect(laptop.Composer).ToHaveValueAsync("on the laptop");
        await phone.SayAsync("on the phone");
        await laptop.SeesAsync("on the phone");
        await Expect(laptop.Composer).ToHaveValueAsync("on the laptop");
        await laptop.Page.ReloadAsync();
        await Expect(laptop.Composer).ToHaveValueAsync("on the laptop");
    }

    [Fact]
    public async Task Without_script_a_draft_is_saved_by_a_button_and_stands_in_the_form_when_one_comes_back()
    {
        var hal = await site.JoinAsync("Hal", scripts: false);
        var room = await hal.CreateRoomAsync("Plain drafts");
        await hal.Page.GotoAsync($"/rooms/{room}/preview");
        await hal.Page.FillAsync("#text", "not yet said");

        await hal.Page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();

        var form = hal.Page.FrameLocator("iframe.composer");
        await Expect(form.Locator("#text")).ToHaveValueAsync("not yet said");
        await form.GetByText("Send").ClickAsync();
        await Expect(hal.Page.FrameLocator("iframe.stream").Locator(".message .text")).ToHaveTextAsync("not yet said");
        await Expect(form.Locator("#text")).ToHaveValueAsync("");
    }

    async Task<(Visitor Phone, Visitor Laptop, int Room)> TwoDevicesAsync(string name, string? url = null)
    {
        var (phone, laptop) = (await site.JoinAsync($"Dana in {name}", url), await site.ComeAsync());
        await laptop.SendFormAsync("/sign-in", ("Name", $"Dana in {name}"), ("Password", Site.Password));
        var room = await phone.CreateRoomAsync(name);
        await laptop.EnterAsync();
        return (phone, laptop, room);
    }

    static ILocator Pencil(Visitor visitor, int room) => visitor.Page.Locator($"#mark-{room} .pencil");
}
