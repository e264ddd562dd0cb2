using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>A person with a browser of their own, and what they do and see there.</summary>
public sealed class Visitor(IBrowserContext context) : IAsyncDisposable
{
    const float Soon = 10_000;

    /// <summary>The tab in front.</summary>
    public IPage Page { get; private set; } = null!;

    public IBrowserContext Context => context;

    public ILocator Composer => Page.Locator("#text");

    public ILocator Messages => Page.Locator("#messages .message");

    public ILocator Unsent => Page.Locator("#outbox .unsent");

    /// <summary>What went wrong on any of this person's pages, as their browser saw it.</summary>
    public List<string> Complaints { get; } = [];

    public async Task<IPage> OpenTabAsync()
    {
        Page = await context.NewPageAsync();
        Page.SetDefaultTimeout(Soon);
        Page.Console += (_, message) => { if (message.Type is "error" or "warning") Complaints.Add(message.Text); };
        Page.PageError += (_, error) => Complaints.Add(error);
        return Page;
    }

    /// <summary>The same person in a second tab, as a visitor of its own.</summary>
    public async Task<Visitor> SecondTabAsync()
    {
        var second = new Visitor(context);
        await second.OpenTabAsync();
        return second;
    }

    /// <summary>Fills in name and password, and sends the form.</summary>
    public async Task FillAndSendAsync(string name, string button)
    {
        await Page.FillAsync("#Name", name);
        await Page.FillAsync("#Password", Site.Password);
        await Page.ClickAsync(button);
        await ArrivesAtAsync("/(admin/invites|rooms/\\d+)$");
    }

    /// <summary>Waits until the browser shows a page with such an address, and has run its scripts.</summary>
    async Task ArrivesAtAsync(string pattern)
    {
        await Expect(Page).ToHaveURLAsync(new Regex(pattern), new() { Timeout = Soon });
        await Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }

    /// <summary>Goes to a room and waits until the page is live.</summary>
    public async Task EnterAsync(int room = Site.Lobby)
    {
        await Page.GotoAsync($"/rooms/{room}");
        await BecomesLiveAsync();
    }

    /// <summary>Makes a room and enters it.</summary>
    /// <returns>Its number.</returns>
    public async Task<int> CreateRoomAsync(string name, string topic = "")
    {
        await Page.GotoAsync("/rooms/new");
        await Page.FillAsync("#Name", name);
        await Page.FillAsync("#About", topic);
        await Page.ClickAsync("main button");
        await ArrivesAtAsync("/rooms/\\d+$");
        return int.Parse(Page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Presses Tab until the focus is on what has this text.</summary>
    public async Task TabToAsync(string text)
    {
        for (var stops = 0; stops < 60; stops++)
        {
            if (await Page.EvaluateAsync<string>("document.activeElement.textContent.trim()") == text) return;
            await Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab never came to '{text}'.");
    }

    public Task BecomesLiveAsync() => StatusBecomesAsync("live");

    /// <param name="state"><c>live</c>, <c>fallback</c>, <c>reconnecting</c> or <c>connecting</c>.</param>
    public Task StatusBecomesAsync(string state) =>
        Expect(Page.Locator("#status")).ToHaveAttributeAsync("data-state", state, new() { Timeout = Soon });

    /// <summary>Puts another tab in front, or this one again.</summary>
    public async Task HideAsync(bool hidden) => await Page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);

    /// <summary>Types a message and presses Enter.</summary>
    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Waits until exactly one message has this text.</summary>
    public Task SeesAsync(string text, float within = Soon) =>
        Expect(MessageSaying(text)).ToHaveCountAsync(1, new() { Timeout = within });

    public ILocator MessageSaying(string text) => Messages.Filter(new() { Has = Page.Locator(".text").Filter(new() { HasTextRegex = new Regex($"^{Regex.Escape(text)}$") }) });

    /// <summary>The texts of the list, in the order of the page.</summary>
    public Task<IReadOnlyList<string>> TextsAsync() => Page.Locator("#messages .text").AllTextContentsAsync();

    /// <summary>Posts quickly, without the page: as htmx does over HTTP. The texts are <c>prefix 1</c>, <c>prefix 2</c> and so on.</summary>
    public async Task PostManyAsync(string prefix, int count, int room = Site.Lobby)
    {
        var page = await (await context.APIRequest.GetAsync($"/rooms/{room}")).TextAsync();
        var token = Regex.Match(page, "id=\"composer\".*?__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"", RegexOptions.Singleline).Groups[1].Value;
        for (var i = 1; i <= count; i++)
        {
            var form = context.APIRequest.CreateFormData();
            form.Set("key", Guid.NewGuid().ToString("N"));
            form.Set("text", $"{prefix} {i}");
            form.Set("__RequestVerificationToken", token);
            var answer = await context.APIRequest.PostAsync($"/rooms/{room}", new() { Form = form, Headers = new Dictionary<string, string> { ["HX-Request"] = "true" } });
            Assert.Equal(204, answer.Status);
        }
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
