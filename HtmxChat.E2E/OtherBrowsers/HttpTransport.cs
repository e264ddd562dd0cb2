using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>WebDriver over HTTP.</summary>
sealed class HttpTransport : IWebDriverTransport
{
    readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    readonly Uri address;
    string session = "";

    HttpTransport(Uri address) => this.address = address;

    /// <summary>Opens a session with the driver that listens at this address.</summary>
    public static async Task<HttpTransport> OpenAsync(Uri address, JsonObject capabilities, CancellationToken ct)
    {
        var transport = new HttpTransport(address);
        var wanted = new JsonObject { ["capabilities"] = new JsonObject { ["alwaysMatch"] = capabilities } };
        var answer = await transport.SendAsync(HttpMethod.Post, "/session", wanted, ct);
        transport.session = "/session/" + (string)answer!["sessionId"]!;
        return transport;
    }

    public Task<JsonNode?> SendAsync(WebDriverCommand command, JsonObject parameters, CancellationToken ct)
    {
        var path = command.Path.Replace("{id}", parameters["id"]?.ToString(), StringComparison.Ordinal);
        return SendAsync(command.Method, session + path, parameters, ct);
    }

    public void Dispose() => http.Dispose();

    async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject parameters, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        if (method == HttpMethod.Post)
        {
            request.Content = JsonContent.Create(parameters);
        }

        using var response = await http.SendAsync(request, ct);
        var value = (await response.Content.ReadFromJsonAsync<JsonNode>(ct))!["value"];
        return response.IsSuccessStatusCode ? value : throw new BrowserRefusal($"{value!["error"]} {value["message"]}");
    }
}
