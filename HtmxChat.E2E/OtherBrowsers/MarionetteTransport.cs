using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>
/// WebDriver over Firefox's own TCP protocol, which needs no geckodriver: <c>length:[0, id, command, parameters]</c> is
/// answered by <c>length:[1, id, error, result]</c>
/// (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
/// </summary>
sealed class MarionetteTransport : IWebDriverTransport
{
    readonly TcpClient connection = new();
    PipeReader incoming = null!;
    int lastId;

    /// <summary>Opens a session with the Firefox that listens at this port.</summary>
    public static async Task<MarionetteTransport> OpenAsync(int port, JsonObject capabilities, CancellationToken ct)
    {
        var transport = new MarionetteTransport();
        await transport.connection.ConnectAsync(IPAddress.Loopback, port, ct);
        transport.incoming = PipeReader.Create(transport.connection.GetStream());
        await transport.ReadAsync(ct);
        await transport.SendAsync("WebDriver:NewSession", capabilities, ct);
        return transport;
    }

    public async Task<JsonNode?> SendAsync(WebDriverCommand command, JsonObject parameters, CancellationToken ct) =>
        (await SendAsync(command.Name, parameters, ct))?["value"];

    public void Dispose() => connection.Dispose();

    async Task<JsonNode?> SendAsync(string command, JsonObject parameters, CancellationToken ct)
    {
        var id = ++lastId;
        var message = new JsonArray(0, id, command, parameters).ToJsonString();
        var bytes = Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(message)}:{message}");
        await connection.GetStream().WriteAsync(bytes, ct);

        // The answer to a command that was given up comes all the same: it is passed over.
        var answer = await ReadAsync(ct);
        while ((int)answer[1]! != id)
        {
            answer = await ReadAsync(ct);
        }

        return answer[2] is { } error ? throw new BrowserRefusal($"{error["error"]} {error["message"]}") : answer[3];
    }

    async Task<JsonNode> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await incoming.ReadAsync(ct);
            if (TryTake(read.Buffer) is { } message)
            {
                return message;
            }

            incoming.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                throw new IOException("Firefox closed the connection.");
            }
        }
    }

    JsonNode? TryTake(ReadOnlySequence<byte> buffer)
    {
        if (buffer.PositionOf((byte)':') is not { } colon
            || !Utf8Parser.TryParse(buffer.Slice(0, colon).ToArray(), out int length, out _))
        {
            return null;
        }

        var rest = buffer.Slice(buffer.GetPosition(1, colon));
        if (rest.Length < length)
        {
            return null;
        }

        var message = JsonNode.Parse(rest.Slice(0, length).ToArray());
        incoming.AdvanceTo(rest.GetPosition(length));
        return message;
    }
}
