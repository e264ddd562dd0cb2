namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>One attempt at each thing a person does; a <see cref="BrowserRefusal"/> where it cannot be done now.</summary>
interface IDriver : IDisposable
{
    Task NavigateAsync(Uri url, CancellationToken ct);

    Task<string> CurrentUrlAsync(CancellationToken ct);

    /// <summary>An identity of the document in the current frame: another load has another one.</summary>
    Task<string> DocumentAsync(CancellationToken ct);

    Task<string> TextAsync(string css, CancellationToken ct);

    Task FillAsync(string css, string text, CancellationToken ct);

    Task PressEnterAsync(string css, CancellationToken ct);

    Task ClickAsync(string css, CancellationToken ct);

    /// <summary>Runs a script in which <c>e</c> is an element; what it returns, as text.</summary>
    Task<string> RunAsync(string css, string script, CancellationToken ct);

    Task EnterFrameAsync(string css, CancellationToken ct);

    Task LeaveFramesAsync(CancellationToken ct);

    Task<byte[]> ScreenshotAsync(CancellationToken ct);
}
