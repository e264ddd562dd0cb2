using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>Coming in, and what stands beside the messages.</summary>
public sealed class SidebarTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Somebody_joins_and_says_a_first_message_by_keyboard_alone()
    {
        var eve = await site.ComeAsync();
        await eve.Page.GotoAsync(site.Invite);
        await Expect(eve.Page.Locator("#Name")).ToBeFocusedAsync();
        await AccessTests.AxeFindsNothingAsync(eve.Page);

        await eve.Page.Keyboard.TypeAsync("Eve by keys");
        await eve.Page.Keyboard.PressAsync("Tab");
        await eve.Page.Keyboard.TypeAsync(Site.Password);
        await eve.Page.Keyboard.PressAsync("Enter");
        await Expect(eve.Page).ToHaveURLAsync(new Regex("/rooms/1$"));
        await eve.BecomesLiveAsync();
        await Expect(eve.Composer).ToBeFocusedAsync();
        await eve.Page.Keyboard.TypeAsync("here I am");
        await eve.Page.Keyboard.PressAsync("Enter");

        await eve.SeesAsync("here I am");
        Assert.Empty(eve.Complaints);
    }

    [Fact]
    public async Task What_is_said_elsewhere_is_counted_beside_its_room_and_gone_when_it_was_read_in_another_tab()
    {
        var (bob, cleo) = (await site.JoinAsync("Bob"), await site.JoinAsync("Cleo"));
        var garden = await bob.CreateRoomAsync("Garden, with a name that is much too long for its column");
        await bob.BecomesLiveAsync();
        await cleo.EnterAsync();
        var mark = cleo.Page.Locator($"#mark-{garden}");
        await Expect(mark).ToHaveTextAsync("");

        await bob.SayAsync("beans");
        await bob.SayAsync("for @cleo");
        await Expect(mark).ToHaveTextAsync("@2 unread, you are mentioned");
        await Expect(mark).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Equal("650", await cleo.Page.Locator($"a:has(> #mark-{garden}) .name").EvaluateAsync<string>("name => getComputedStyle(name).fontWeight"));
        await AccessTests.AxeFindsNothingAsync(cleo.Page);

        await (await cleo.SecondTabAsync()).EnterAsync(garden);
        await Expect(mark).ToHaveTextAsync("");
        Assert.Empty(cleo.Complaints);
    }

    [Fact]
    public async Task The_members_panel_is_opened_by_keyboard_and_says_who_is_here()
    {
        var (dora, finn) = (await site.JoinAsync("Dora"), await site.JoinAsync("Finn"));
        await finn.EnterAsync();
        await dora.EnterAsync();

        await dora.TabToAsync("Members");
        await dora.Page.Keyboard.PressAsync("Enter");

        var active = dora.Page.Locator(".members h2:has-text('Active') + ul");
        await Expect(active).ToContainTextAsync("Finn");
        await AccessTests.AxeFindsNothingAsync(dora.Page);
        Assert.Empty(dora.Complaints);
    }
}
