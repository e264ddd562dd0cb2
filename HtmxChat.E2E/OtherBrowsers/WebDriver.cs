using System.Text.Json.Nodes;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>Drives a browser by W3C WebDriver.</summary>
sealed class WebDriver(IWebDriverTransport transport) : IDriver
{
    /// <summary>
    /// The only page load strategy under which WebKit answers beside a frame that never ends: with <c>eager</c> every
    /// command waits for that frame.
    /// </summary>
    public const string PageLoadStrategy = "none";

    const string ElementKey = "element-6066-11e4-a52e-4f735466cecf";
    const string Enter = "\uE007";
    const string ShiftEnter = "\uE008\uE007\uE008";

    public Task NavigateAsync(Uri url, CancellationToken ct) =>
        transport.SendAsync(WebDriverCommand.Navigate, new() { ["url"] = url.AbsoluteUri }, ct);

    public Task<string> CurrentUrlAsync(CancellationToken ct) => StringAsync(WebDriverCommand.CurrentUrl, [], ct);

    public Task<string> DocumentAsync(CancellationToken ct) => FindAsync(":root", ct);

    // Not WebDriver's own "text": WebKit's takes what a flexible box may shrink for hidden, though it stands on the screen.
    public async Task<string> TextAsync(string css, CancellationToken ct) =>
        await StringAsync(WebDriverCommand.InnerText, new() { ["id"] = await FindAsync(css, ct), ["name"] = "innerText" }, ct);

    public async Task FillAsync(string css, string text, CancellationToken ct)
    {
        var id = await FindAsync(css, ct);
        await transport.SendAsync(WebDriverCommand.Clear, new() { ["id"] = id }, ct);
        var keys = text.ReplaceLineEndings(ShiftEnter);
        await transport.SendAsync(WebDriverCommand.SendKeys, new() { ["id"] = id, ["text"] = keys }, ct);
    }

    public async Task PressEnterAsync(string css, CancellationToken ct)
    {
        var id = await FindAsync(css, ct);
        await transport.SendAsync(WebDriverCommand.SendKeys, new() { ["id"] = id, ["text"] = Enter }, ct);
    }

    public async Task ClickAsync(string css, CancellationToken ct) =>
        await transport.SendAsync(WebDriverCommand.Click, new() { ["id"] = await FindAsync(css, ct) }, ct);

    public async Task<string> RunAsync(string css, string script, CancellationToken ct)
    {
        var element = new JsonObject { [ElementKey] = await FindAsync(css, ct) };
        var function = $"const e = arguments[0]; return String((() => {{ {script} }})())";
        return await StringAsync(WebDriverCommand.Execute, new() { ["script"] = function, ["args"] = new JsonArray(element) }, ct);
    }

    public async Task EnterFrameAsync(string css, CancellationToken ct)
    {
        var id = await FindAsync(css, ct);
        var frame = new JsonObject { ["id"] = new JsonObject { [ElementKey] = id }, ["element"] = id };
        await transport.SendAsync(WebDriverCommand.SwitchToFrame, frame, ct);
    }

    public Task LeaveFramesAsync(CancellationToken ct) =>
        transport.SendAsync(WebDriverCommand.SwitchToFrame, new() { ["id"] = null }, ct);

    public async Task<byte[]> ScreenshotAsync(CancellationToken ct) =>
        Convert.FromBase64String(await StringAsync(WebDriverCommand.Screenshot, new() { ["full"] = false }, ct));

    public void Dispose() => transport.Dispose();

    async Task<string> FindAsync(string css, CancellationToken ct)
    {
        var query = new JsonObject { ["using"] = "css selector", ["value"] = css };
        var found = await transport.SendAsync(WebDriverCommand.FindElement, query, ct);
        return (string)found![ElementKey]!;
    }

    async Task<string> StringAsync(WebDriverCommand command, JsonObject parameters, CancellationToken ct) =>
        (string)(await transport.SendAsync(command, parameters, ct))!;
}
