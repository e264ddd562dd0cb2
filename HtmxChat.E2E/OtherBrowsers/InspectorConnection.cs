using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>
/// WebKit's inspector protocol over a WebSocket. A command travels as text inside <c>Target.sendMessageToTarget</c>, to
/// whichever process shows the page just now.
/// </summary>
sealed class InspectorConnection : IDisposable
{
    readonly ClientWebSocket socket = new();
    Task<JsonNode>? receiving;
    string? target;
    int lastId;

    /// <summary>Connects, and returns when the page is there to be asked.</summary>
    public static async Task<InspectorConnection> OpenAsync(Uri address, CancellationToken ct)
    {
        var connection = new InspectorConnection();
        await connection.socket.ConnectAsync(address, ct);
        while (connection.target is null)
        {
            await connection.ReadAsync(ct);
        }

        return connection;
    }

    /// <summary>Sends a command to the page and returns its result.</summary>
    /// <exception cref="BrowserRefusal">The page answered with an error.</exception>
    public async Task<JsonNode> SendAsync(string method, JsonObject parameters, CancellationToken ct)
    {
        var id = ++lastId;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString();
        var envelope = new JsonObject
        {
            ["id"] = id,
            ["method"] = "Target.sendMessageToTarget",
            ["params"] = new JsonObject { ["targetId"] = target, ["message"] = message },
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(envelope);
        await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, ct);

        // The answer to a command that was given up comes all the same: it is passed over.
        var answer = await ReadAsync(ct);
        while ((int?)answer?["id"] != id)
        {
            answer = await ReadAsync(ct);
        }

        return answer!["result"] ?? throw new BrowserRefusal(answer.ToJsonString());
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Reads a message; returns what the page says in it, or null where it is about the page.</summary>
    async Task<JsonNode?> ReadAsync(CancellationToken ct)
    {
        // A WebSocket does not outlive a cancelled receive, so giving up leaves it to the next reader.
        receiving ??= ReceiveAsync();
        var message = await receiving.WaitAsync(ct);
        receiving = null;
        var parameters = message["params"];
        switch ((string?)message["method"])
        {
            case "Target.targetCreated" when (bool?)parameters!["targetInfo"]!["isProvisional"] is not true:
                target = (string?)parameters["targetInfo"]!["targetId"];
                return null;
            case "Target.didCommitProvisionalTarget":
                target = (string?)parameters!["newTargetId"];
                return null;
            case "Target.dispatchMessageFromTarget":
                return JsonNode.Parse((string)parameters!["message"]!);
            default:
                return null;
        }
    }

    async Task<JsonNode> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, CancellationToken.None);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray()) ?? throw new IOException("The inspector closed the connection.");
    }
}
