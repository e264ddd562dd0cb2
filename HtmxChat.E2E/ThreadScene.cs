using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>Two people in a room, and what they do in a thread that is open beside it.</summary>
public abstract class ThreadScene(Site site)
{
    /// <summary>The room's number.</summary>
    protected int Room { get; set; }

    protected async Task<(Visitor Bob, Visitor Cleo)> TwoAsync(string name, string? cleosUrl = null, bool byEvents = false)
    {
        var (bob, cleo) = (await site.JoinAsync($"Bob in {name}"), await site.JoinAsync($"Cleo in {name}", cleosUrl));
        Room = await bob.CreateRoomAsync(name);
        await bob.BecomesLiveAsync();
        await cleo.Page.GotoAsync($"/rooms/{Room}");
        await cleo.StatusBecomesAsync(byEvents ? "fallback" : "live");
        return (bob, cleo);
    }

    protected static ILocator Box(Visitor visitor) => visitor.Page.GetByPlaceholder("Reply in the thread");

    protected static ILocator Replies(Visitor visitor) => visitor.Page.Locator(".replies .message .text");

    protected static async Task ReplyAsync(Visitor visitor, string text)
    {
        await Box(visitor).FillAsync(text);
        await Box(visitor).PressAsync("Enter");
    }

    /// <summary>Opens the thread of a message of the room.</summary>
    protected static async Task OpenAsync(Visitor visitor, string text)
    {
        await visitor.SeesAsync(text);
        await ChooseAsync(visitor, text, "Reply in a thread");
        await Expect(Box(visitor)).ToBeFocusedAsync();
    }

    /// <summary>Chooses what is done with a message of the room.</summary>
    protected static async Task ChooseAsync(Visitor visitor, string text, string action)
    {
        await visitor.MessageSaying(text).HoverAsync();
        await visitor.MessageSaying(text).Locator(".more").ClickAsync();
        await visitor.Page.Locator("#menu").GetByText(action, new() { Exact = true }).ClickAsync();
    }

    /// <summary>Chooses what is done with a message that the thread alone shows.</summary>
    protected static async Task InThreadAsync(Visitor visitor, int seq, string action)
    {
        await OpenMenuAsync(visitor, seq);
        await visitor.Page.Locator("#menu").GetByText(action, new() { Exact = true }).ClickAsync();
    }

    protected static async Task OpenMenuAsync(Visitor visitor, int seq)
    {
        await visitor.Page.Locator($"#thread #m-{seq}").HoverAsync();
        await visitor.Page.Locator($"#thread #m-{seq} .more").ClickAsync();
        await Expect(visitor.Page.Locator("#menu")).ToBeVisibleAsync();
    }
}
