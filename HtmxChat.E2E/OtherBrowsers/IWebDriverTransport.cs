using System.Text.Json.Nodes;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>A way to bring WebDriver commands to a browser in which a session is open.</summary>
interface IWebDriverTransport : IDisposable
{
    /// <summary>Sends a command and returns the value of its answer.</summary>
    /// <exception cref="BrowserRefusal">The browser answered with an error.</exception>
    Task<JsonNode?> SendAsync(WebDriverCommand command, JsonObject parameters, CancellationToken ct);
}
