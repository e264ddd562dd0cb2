using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HtmxChat.E2E;

/// <summary>A web server on the loopback address whose answers are bytes that a test has chosen, right or wrong.</summary>
public sealed class OddServer : IAsyncDisposable
{
    readonly TcpListener listener;
    readonly CancellationTokenSource ended = new();
    readonly ConcurrentDictionary<string, Func<Stream, CancellationToken, Task>> answers = new();
    readonly Task accepting;

    /// <param name="address">Where it listens.</param>
    public OddServer(string address = "127.0.0.1")
    {
        listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Uri Url => new($"http://{listener.LocalEndpoint}/");

    /// <summary>The heads of the requests, in their order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>How a path is answered, byte by byte.</summary>
    public Uri On(string path, Func<Stream, CancellationToken, Task> answer)
    {
        answers[path] = answer;
        return new Uri(Url, path);
    }

    /// <summary>How a path is answered.</summary>
    public Uri On(string path, byte[] body, params string[] headers) => On(path, async (stream, ct) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{string.Concat(headers.Select(h => $"{h}\r\n"))}\r\n"), ct);
        await stream.WriteAsync(body, ct);
    });

    /// <summary>A page with a head.</summary>
    public Uri OnPage(string path, string head) => On(path, Encoding.UTF8.GetBytes($"<!doctype html><html><head>{head}</head><body>x</body></html>"), "Content-Type: text/html; charset=utf-8");

    /// <summary>Sends whoever comes to a path elsewhere.</summary>
    public Uri OnRedirect(string path, string to) => On(path, async (stream, ct) => await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), ct));

    /// <summary>The paths that were asked for.</summary>
    public IEnumerable<string> Paths => Requests.Select(r => r.Split(' ')[1]);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    async Task AcceptAsync()
    {
        while (!ended.IsCancellationRequested) _ = AnswerAsync(await listener.AcceptTcpClientAsync(ended.Token));
    }

    async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using var stream = client.GetStream();
            var head = await ReadHeadAsync(stream, ended.Token);
            Requests.Enqueue(head);
            if (answers.TryGetValue(head.Split(' ')[1], out var answer)) await answer(stream, ended.Token);
            else await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), ended.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever asked has had enough.
        }
        finally
        {
            client.Dispose();
        }
    }

    static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken ct)
    {
        var (head, buffer) = (new StringBuilder(), new byte[4096]);
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(buffer, ct) is not (> 0 and var count)) throw new IOException("It ended before it had asked for anything.");
            head.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return head.ToString();
    }
}
