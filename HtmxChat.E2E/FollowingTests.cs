using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>Pages that are open while what they show is changed elsewhere.</summary>
public sealed class FollowingTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_page_follows_its_rooms_settings_and_half_a_text_stays_where_it_can_be_seen()
    {
        var (bob, cleo) = (await site.JoinAsync("Bob"), await site.JoinAsync("Cleo"));
        var room = await bob.CreateRoomAsync("Garden", "what grows");
        await cleo.EnterAsync(room);
        await cleo.Composer.FillAsync("half a tho");

        await SaveAsync(bob, room, "#About", "what is ripe");
        await Expect(cleo.Page.Locator(".bar .topic")).ToHaveTextAsync("what is ripe");

        await ArchiveAsync(bob, room);
        await Expect(cleo.Page.Locator("#writers")).ToHaveTextAsync(new Regex("^This room is archived"));
        await Expect(cleo.Composer).ToBeVisibleAsync();
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
        await cleo.Composer.PressAsync("Enter");
        await Expect(cleo.Page.Locator("#problem")).ToHaveTextAsync(new Regex("^This room is archived"));
        await Expect(cleo.Composer).ToHaveValueAsync("half a tho");
        await cleo.Composer.FillAsync("");
        await Expect(cleo.Composer).ToBeHiddenAsync();

        await ArchiveAsync(bob, room);
        await Expect(cleo.Composer).ToBeVisibleAsync();
        await cleo.SayAsync("and they are ripe");
        await cleo.SeesAsync("and they are ripe");
        Assert.Empty(cleo.Complaints);
    }

    [Fact]
    public async Task A_page_that_was_opened_while_nobody_wrote_shows_what_was_not_sent_and_has_a_form_when_they_may_again()
    {
        var (bob, cleo) = (await site.JoinAsync("Berta"), await site.JoinAsync("Carl"));
        var room = await bob.CreateRoomAsync("Shed");
        await cleo.EnterAsync(room);
        await cleo.LoseSocketUnawaresAsync();
        foreach (var text in new[] { "typed in vain", "and regretted" }) await cleo.SayAsync(text);
        await ArchiveAsync(bob, room);
        await cleo.EnterAsync(room);
        await Expect(cleo.Composer).ToHaveCountAsync(0);

        await cleo.Page.EvaluateAsync("document.addEventListener('copy', () => { window.copied = getSelection().toString(); })");
        await Expect(cleo.Unsent).ToHaveTextAsync([new Regex("^typed in vainNot sent. You cannot write here now"), new Regex("^and regretted")]);
        await AccessTests.AxeFindsNothingAsync(cleo.Page);
        await cleo.Unsent.First.GetByText("Copy").ClickAsync();
        Assert.Equal("typed in vain", await cleo.Page.EvaluateAsync<string>("window.copied.trim()"));
        await cleo.Unsent.Last.GetByText("Discard").ClickAsync();

        await ArchiveAsync(bob, room);

        await Expect(cleo.Composer).ToBeVisibleAsync();
        await cleo.Unsent.GetByText("Send again").ClickAsync();
        await cleo.SeesAsync("typed in vain");
        Assert.Equal(["typed in vain"], await cleo.TextsAsync());
    }

    [Fact]
    public async Task A_new_name_stands_wherever_the_old_one_did()
    {
        var (bob, cleo) = (await site.JoinAsync("Boris"), await site.JoinAsync("Clara"));
        await bob.EnterAsync();
        foreach (var text in new[] { "one", "two" }) await bob.SayAsync(text);
        await cleo.EnterAsync();
        await cleo.SeesAsync("two");
        var (other, second) = (await site.JoinAsync("Other"), await bob.SecondTabAsync());
        await other.EnterAsync();
        await other.SayAsync("not by Bob");
        await cleo.SeesAsync("not by Bob");

        await second.Page.GotoAsync("/account");
        await second.Page.FillAsync("#Name", "Zoë <Bob>");
        await second.Page.ClickAsync("main form:first-of-type button[type=submit]");

        foreach (var page in new[] { cleo.Page, bob.Page })
        {
            foreach (var text in new[] { "one", "two" }) await Expect(page.Locator(".message", new() { HasText = text }).Last.Locator(".by b")).ToHaveTextAsync("Zoë <Bob>");
            await Expect(page.Locator(".message", new() { HasText = "not by Bob" }).Locator(".by b")).Not.ToHaveTextAsync("Zoë <Bob>");
        }
        foreach (var page in new[] { cleo.Page, bob.Page }) await Expect(page.Locator(".message", new() { HasText = "one" }).Locator(".by time")).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator("#rooms .me a span[dir]")).ToHaveTextAsync("Zoë <Bob>");
        await Expect(cleo.Page.Locator("#rooms .me a span[dir]")).Not.ToHaveTextAsync("Zoë <Bob>");
    }

    static async Task SaveAsync(Visitor owner, int room, string field, string value)
    {
        await owner.Page.GotoAsync($"/rooms/{room}/settings");
        await owner.Page.FillAsync(field, value);
        await owner.Page.ClickAsync("text=Save");
        await Expect(owner.Page).ToHaveURLAsync(new Regex($"/rooms/{room}$"));
    }

    static async Task ArchiveAsync(Visitor owner, int room)
    {
        await owner.Page.GotoAsync($"/rooms/{room}/settings");
        await owner.Page.ClickAsync("[formaction*=Archive], form[action*=Archive] button");
        await Expect(owner.Page).ToHaveURLAsync(new Regex($"/rooms/{room}$"));
    }
}
