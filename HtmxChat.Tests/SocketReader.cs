using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace HtmxChat.Tests;

/// <summary>A live connection over a WebSocket.</summary>
sealed class SocketReader(ClientWebSocket socket) : LiveReader
{
    readonly byte[] buffer = new byte[256 * 1024];

    public override HttpStatusCode Status => socket.HttpStatusCode;

    /// <summary>What the server closed with; null while it has not.</summary>
    public int? CloseCode => (int?)socket.CloseStatus;

    public Task SayAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, Ct);

    public Task SayBytesAsync(byte[] message) => socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, Ct);

    public Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Ct).Soon();

    public override ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<string?> NextAsync()
    {
        var frame = new StringBuilder();
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), Ct);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                if (socket.State == WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Ct);
                return null;
            }
            frame.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            if (received.EndOfMessage) return frame.ToString();
        }
    }
}
