using System.Text.Json.Nodes;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>
/// Drives a WebKit that runs no page scripts: what the inspector evaluates runs all the same. There are no true keys
/// or clicks in this protocol, so elements are told to do what a click or Enter makes them do.
/// </summary>
sealed class InspectorDriver(InspectorConnection connection) : IDriver
{
    readonly List<string> frames = [];

    public Task NavigateAsync(Uri url, CancellationToken ct) =>
        EvaluateAsync($"location.href = {Quote(url.AbsoluteUri)}", ct);

    public Task<string> CurrentUrlAsync(CancellationToken ct) => EvaluateAsync("location.href", ct);

    public Task<string> DocumentAsync(CancellationToken ct) => EvaluateAsync(
        $"{Frame}.performance.timeOrigin + ' ' + {Frame}.location.href", ct);

    public Task<string> TextAsync(string css, CancellationToken ct) =>
        WithElementAsync(css, "return e.getClientRects().length ? e.innerText : ''", ct);

    public Task FillAsync(string css, string text, CancellationToken ct) =>
        WithVisibleAsync(css, $"e.focus(); e.value = {Quote(text)}", ct);

    public Task PressEnterAsync(string css, CancellationToken ct) => WithVisibleAsync(
        css,
        """
        if (e.tagName == 'TEXTAREA') e.value += '\n';
        else e.form.requestSubmit([...e.form.elements].find(x => x.type == 'submit') ?? null)
        """,
        ct);

    public Task ClickAsync(string css, CancellationToken ct) => WithVisibleAsync(css, "e.click()", ct);

    public Task<string> RunAsync(string css, string script, CancellationToken ct) => WithElementAsync(css, script, ct);

    public async Task EnterFrameAsync(string css, CancellationToken ct)
    {
        await WithElementAsync(css, "e.contentDocument.body.tagName", ct);
        frames.Add(css);
    }

    public Task LeaveFramesAsync(CancellationToken ct)
    {
        frames.Clear();
        return Task.CompletedTask;
    }

    public async Task<byte[]> ScreenshotAsync(CancellationToken ct)
    {
        var view = new JsonObject
        {
            ["x"] = 0,
            ["y"] = 0,
            ["width"] = 1280,
            ["height"] = 1024,
            ["coordinateSystem"] = "Viewport",
        };
        var picture = await connection.SendAsync("Page.snapshotRect", view, ct);
        return Convert.FromBase64String(((string)picture["dataURL"]!).Split(',')[1]);
    }

    public void Dispose() => connection.Dispose();

    string Frame => "window" + string.Concat(frames.Select(css => $".document.querySelector({Quote(css)}).contentWindow"));

    static string Quote(string text) => JsonValue.Create(text).ToJsonString();

    Task<string> WithVisibleAsync(string css, string act, CancellationToken ct) => WithElementAsync(
        css, $"if (!e.getClientRects().length || e.disabled) throw Error('hidden or disabled'); {act}", ct);

    Task<string> WithElementAsync(string css, string act, CancellationToken ct) => EvaluateAsync(
        $"(e => {{ if (!e) throw Error('no such element'); {act} }})({Frame}.document.querySelector({Quote(css)}))", ct);

    async Task<string> EvaluateAsync(string script, CancellationToken ct)
    {
        var question = new JsonObject { ["expression"] = script, ["returnByValue"] = true };
        var answer = await connection.SendAsync("Runtime.evaluate", question, ct);
        return (bool)answer["wasThrown"]!
            ? throw new BrowserRefusal((string?)answer["result"]!["description"] ?? answer.ToJsonString())
            : answer["result"]!["value"]?.ToString() ?? "";
    }
}
