namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>
/// One person at a real browser with a profile of its own. Whatever names an element waits for that element.
/// Not thread-safe: one thing at a time, as a person does.
/// </summary>
public sealed class BrowserSession : IAsyncDisposable
{
    readonly IDriver driver;
    readonly ChildProcess process;

    BrowserSession(IDriver driver, ChildProcess process) => (this.driver, this.process) = (driver, process);

    /// <summary>How long an element, a text or a page is waited for.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens a page in the whole window; returns when the old page is gone, not when all is loaded.</summary>
    public async Task OpenAsync(Uri url, CancellationToken ct)
    {
        await LeaveFramesAsync(ct);
        await ReplaceDocumentAsync(c => driver.NavigateAsync(url, c), ct);
    }

    /// <summary>
    /// Does <paramref name="act"/> and returns when another document has come into the current frame. Wrap what
    /// submits a form or follows a link in it: otherwise the next step may still meet the old document.
    /// </summary>
    public async Task ReplaceDocumentAsync(Func<CancellationToken, Task> act, CancellationToken ct)
    {
        var old = await AttemptAsync("the document", driver.DocumentAsync, ct);
        await act(ct);
        await WaitUntilAsync("another document", async c => await driver.DocumentAsync(c) != old, () => old, ct);
    }

    /// <summary>The address of the whole window, whatever frame is the current one.</summary>
    public Task<string> CurrentUrlAsync(CancellationToken ct) => AttemptAsync("the address", driver.CurrentUrlAsync, ct);

    /// <summary>The text of an element as a person sees it; empty for one that is hidden.</summary>
    public Task<string> TextAsync(string css, CancellationToken ct) =>
        AttemptAsync($"text of {css}", c => driver.TextAsync(css, c), ct);

    /// <summary>Waits until the visible text of an element contains <paramref name="expected"/>.</summary>
    /// <exception cref="TimeoutException">It did not; names the text last seen.</exception>
    public Task WaitForTextAsync(string css, string expected, CancellationToken ct)
    {
        var seen = "nothing";
        return WaitUntilAsync(
            $"'{expected}' in {css}",
            async c => (seen = await driver.TextAsync(css, c)).Contains(expected, StringComparison.Ordinal),
            () => $"last seen: '{seen}'",
            ct);
    }

    /// <summary>Replaces what stands in a field. Lines are parted by Shift+Enter, so that none of them posts.</summary>
    public Task FillAsync(string css, string text, CancellationToken ct) =>
        AttemptAsync($"fill {css}", c => driver.FillAsync(css, text, c), ct);

    /// <summary>Presses Enter in a field.</summary>
    public Task PressEnterAsync(string css, CancellationToken ct) =>
        AttemptAsync($"Enter in {css}", c => driver.PressEnterAsync(css, c), ct);

    /// <summary>Clicks an element.</summary>
    public Task ClickAsync(string css, CancellationToken ct) =>
        AttemptAsync($"click {css}", c => driver.ClickAsync(css, c), ct);

    /// <summary>Asks what no person can see exactly, or does what no pointer may: <c>e</c> is the element in the script.</summary>
    /// <returns>What the script returns, as text.</returns>
    public Task<string> RunAsync(string css, string script, CancellationToken ct) =>
        AttemptAsync($"script on {css}", c => driver.RunAsync(css, script, c), ct);

    /// <summary>Goes into an inline frame of the current one: selectors then count there.</summary>
    public Task EnterFrameAsync(string css, CancellationToken ct) =>
        AttemptAsync($"frame {css}", c => driver.EnterFrameAsync(css, c), ct);

    /// <summary>Goes back out to the whole window.</summary>
    public Task LeaveFramesAsync(CancellationToken ct) => AttemptAsync("the window", driver.LeaveFramesAsync, ct);

    /// <summary>The visible part of the page as a PNG, for a person who looks for a failure's cause.</summary>
    public Task<byte[]> ScreenshotAsync(CancellationToken ct) => AttemptAsync("screenshot", driver.ScreenshotAsync, ct);

    /// <summary>Ends the browser's own processes and removes its profile.</summary>
    public async ValueTask DisposeAsync()
    {
        driver.Dispose();
        await process.DisposeAsync();
    }

    /// <summary>Has <paramref name="start"/> start the browser; leaves nothing behind where that fails.</summary>
    internal static async Task<BrowserSession> StartAsync(
        Func<ChildProcess, CancellationToken, Task<IDriver>> start, CancellationToken ct)
    {
        var process = new ChildProcess();
        try
        {
            IDriver? driver = null;
            await Wait.UntilAsync(
                async c => (driver = await start(process, c)) is not null, ChildProcess.Patience, () => process.Output, ct);
            return new(driver!, process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    async Task<T> AttemptAsync<T>(string what, Func<CancellationToken, Task<T>> act, CancellationToken ct)
    {
        var answer = default(T);
        await AttemptAsync(what, async c => { answer = await act(c); }, ct);
        return answer!;
    }

    Task AttemptAsync(string what, Func<CancellationToken, Task> act, CancellationToken ct) =>
        WaitUntilAsync(what, async c => { await act(c); return true; }, () => "", ct);

    async Task WaitUntilAsync(
        string what, Func<CancellationToken, Task<bool>> holds, Func<string> seen, CancellationToken ct)
    {
        var refusal = "";
        await Wait.UntilAsync(TryAsync, Patience, () => $"{what}; {seen()} {refusal}", ct);

        async Task<bool> TryAsync(CancellationToken c)
        {
            try
            {
                return await holds(c);
            }
            catch (BrowserRefusal e)
            {
                refusal = $"({e.Message})";
                return false;
            }
        }
    }
}
