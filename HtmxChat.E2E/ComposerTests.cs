using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

public sealed class ComposerTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Enter_sends_empties_and_keeps_the_focus()
    {
        var ann = await site.AnnAsync();
        await ann.EnterAsync();

        await ann.SayAsync("first");

        await ann.SeesAsync("first");
        await Expect(ann.Composer).ToHaveValueAsync("");
        await Expect(ann.Composer).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Shift_Enter_breaks_the_line()
    {
        var ann = await site.AnnAsync();
        await ann.EnterAsync();

        await ann.Composer.FillAsync("one");
        await ann.Composer.PressAsync("Shift+Enter");
        await ann.Composer.PressSequentiallyAsync("two");
        await ann.Composer.PressAsync("Enter");

        var text = ann.Messages.Last.Locator(".text");
        await Expect(text).ToHaveTextAsync("onetwo", new() { UseInnerText = false });
        await Expect(text.Locator("br")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Who_may_not_write_is_told_so_and_who_may_is_not()
    {
        var (ann, bob) = (await site.AnnAsync(), await site.JoinAsync("Bob who listens"));
        var room = await ann.CreateRoomAsync("Notices");
        await ann.Page.GotoAsync($"/rooms/{room}/settings");
        await ann.Page.SelectOptionAsync("[name=Posting]", "Administrators");
        await ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(ann.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/rooms/[0-9]+$"));

        await ann.EnterAsync(room);
        await bob.EnterAsync(room);

        await Expect(bob.Page.Locator("#writers")).ToBeVisibleAsync();
        await Expect(bob.Composer).ToHaveCountAsync(0);
        await Expect(ann.Page.Locator("#writers")).ToBeHiddenAsync();
        await Expect(ann.Composer).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nothing_but_spaces_is_refused_with_a_word()
    {
        var ann = await site.AnnAsync();
        await ann.EnterAsync();

        await ann.SayAsync("   ");

        await Expect(ann.Page.Locator("#problem")).ToHaveTextAsync("Write something first.");
        await Expect(ann.Composer).ToHaveValueAsync("   ");
        await Expect(ann.Unsent).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Ten_thousand_characters_go_and_one_more_is_refused_and_kept()
    {
        var ann = await site.AnnAsync();
        await ann.EnterAsync();

        await ann.SayAsync(new string('x', 10_001));
        await Expect(ann.Page.Locator("#problem")).ToContainTextAsync("10,001 characters");
        await Expect(ann.Composer).ToHaveValueAsync(new string('x', 10_001));

        await ann.SayAsync(new string('x', 10_000));
        await ann.SeesAsync(new string('x', 10_000));
        await Expect(ann.Page.Locator("#problem")).ToHaveTextAsync("");
    }

    [Fact]
    public async Task A_slow_answer_does_not_clear_newer_text()
    {
        var ann = await site.AnnAsync();
        await ann.EnterAsync();

        await ann.SayAsync("sent at once");
        await ann.Composer.PressSequentiallyAsync("typed meanwhile");
        await ann.SeesAsync("sent at once");

        await Expect(ann.Composer).ToHaveValueAsync("typed meanwhile");
    }
}
