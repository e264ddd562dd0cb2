using System.Net;
using System.Net.Sockets;

namespace HtmxChat.Bench.Client;

/// <summary>One keep-alive connection that sends requests as they are and reads whole answers, without allocating anything.</summary>
public sealed class HttpConnection : IDisposable
{
    readonly Socket socket = LiveSocket.NewSocket();
    byte[] buffer = new byte[64 * 1024];

    HttpConnection()
    {
    }

    public static async Task<HttpConnection> OpenAsync(IPEndPoint address, CancellationToken ct)
    {
        var connection = new HttpConnection();
        try
        {
            await connection.socket.ConnectAsync(address, ct);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and waits for the whole answer. Disposing the connection ends the wait.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public async ValueTask<HttpAnswer> SendAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0) throw new SocketException((int)SocketError.ConnectionReset);

            filled += read;
            if (AnswerEnd.Find(buffer.AsSpan(0, filled)) is var (head, all)) return new HttpAnswer(AnswerEnd.Status(buffer), buffer.AsMemory(0, head), all);
        }
    }

    public void Dispose() => socket.Dispose();
}
