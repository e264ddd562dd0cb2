using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HtmxChat.E2E;

/// <summary>A person with a browser of their own, and what they do and see there.</summary>
public sealed class Visitor(IBrowserContext context) : IAsyncDisposable
{
    /// <summary>Long enough for a busy machine. What has to be quick says so where it is tested.</summary>
    public const float Soon = 30_000;

    const string LeftEarly = "closed before the connection is established";   // Chromium's word for a page that was left at once

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
        Page.Console += (_, message) => { if (message.Type is "error" or "warning" && !message.Text.Contains(LeftEarly, StringComparison.Ordinal)) Complaints.Add(message.Text); };
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

    /// <summary>Sends the form of a page as a browser would, but without showing it, and goes where the answer leads.</summary>
    public async Task SendFormAsync(string path, params (string Field, string Value)[] fields) =>
        await Page.GotoAsync(await PostFormAsync(path, fields), new() { WaitUntil = WaitUntilState.DOMContentLoaded });

    /// <summary>Sends the form of a page, and the page in front stays.</summary>
    /// <returns>Where the answer leads.</returns>
    public async Task<string> PostFormAsync(string path, params (string Field, string Value)[] fields)
    {
        var form = context.APIRequest.CreateFormData();
        form.Set("__RequestVerificationToken", await FormTokenAsync(path));
        foreach (var (field, value) in fields) form.Set(field, value);
        var answer = await context.APIRequest.PostAsync(path, new() { Form = form, MaxRedirects = 0 });
        Assert.InRange(answer.Status, 302, 303);
        return answer.Headers["location"];
    }

    /// <summary>Edits a message, and the page in front stays.</summary>
    public async Task EditAsync(int room, int seq, string text)
    {
        var path = $"/rooms/{room}/messages/{seq}/edit";
        var page = await (await context.APIRequest.GetAsync(path)).TextAsync();
        await PostFormAsync(path, ("text", text), ("edited", Regex.Match(page, "name=\"edited\"[^>]*value=\"(\\d+)\"").Groups[1].Value));
    }

    /// <summary>Adds a reaction to a message, and the page in front stays.</summary>
    public Task ReactAsync(int room, int seq, string emoji = "👍") => PostFormAsync($"/rooms/{room}/messages/{seq}/react", ("emoji", emoji), ("wish", "Join"));

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
        await SendFormAsync("/rooms/new", ("Name", name), ("About", topic));
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

    /// <summary>The moment in which the page's connection is gone already, and the page has not been told.</summary>
    /// <remarks>It ends with the page.</remarks>
    public async Task LoseSocketUnawaresAsync() => await Page.EvaluateAsync(
        "const is = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'readyState'); window.wake = () => Object.defineProperty(WebSocket.prototype, 'readyState', is); Object.defineProperty(WebSocket.prototype, 'readyState', { get: () => WebSocket.CLOSING, configurable: true });");

    /// <summary>What the tab asks for at these addresses waits from now on until the returned source is set.</summary>
    public async Task<TaskCompletionSource> HoldAsync(string addresses)
    {
        var goesOn = new TaskCompletionSource();
        await Page.RouteAsync(addresses, async route =>
        {
            await goesOn.Task;
            await route.ContinueAsync();
        });
        return goesOn;
    }

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
    public async Task PostManyAsync(string prefix, int count, int room = Site.Lobby, int from = 1)
    {
        var token = await FormTokenAsync($"/rooms/{room}");
        var address = new Uri(new Uri(Page.Url), $"/rooms/{room}");
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("HX-Request", "true");
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", (await context.CookiesAsync([address.ToString()])).Select(c => $"{c.Name}={c.Value}")));
        for (var i = from; i < from + count; i++)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = Guid.NewGuid().ToString("N"), ["text"] = $"{prefix} {i}", ["__RequestVerificationToken"] = token });
            using var answer = await client.PostAsync(address, form);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    async Task<string> FormTokenAsync(string path)
    {
        var page = await (await context.APIRequest.GetAsync(path)).TextAsync();
        return Regex.Match(page, "__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
