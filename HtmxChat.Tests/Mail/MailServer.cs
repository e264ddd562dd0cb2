using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace HtmxChat.Tests.Mail;

/// <summary>A mail server that takes letters over SMTP (RFC 5321) and keeps them.</summary>
sealed class MailServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Channel<MimeMessage> letters = Channel.CreateUnbounded<MimeMessage>();
    readonly ConcurrentQueue<string> refusals = new();
    readonly Task accepting;
    int refused;

    public MailServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The settings of a site that hands its letters in here.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{((IPEndPoint)listener.LocalEndpoint).Port}"), ("Mail:Security", "none"),
        ("Mail:From", "Tea house <tea@house.example>"), ("Mail:SiteAddress", "https://tea.example/"), ("Mail:User", "tea"), ("Mail:Password", "pot of gold"),
    ];

    /// <summary>How often a letter was not taken.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>Whether a letter has come that nobody has read.</summary>
    public bool HasMore => letters.Reader.Count > 0;

    /// <summary>What it answers to the next letter's address in place of taking it, for example <c>450 later</c>.</summary>
    public void RefuseNext(string answer) => refusals.Enqueue(answer);

    /// <summary>The next letter that comes, or has come.</summary>
    public Task<MimeMessage> ReadAsync() => letters.Reader.ReadAsync(Ct).Soon();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token);
            _ = TalkAsync(client).ContinueWith(_ => client.Dispose(), TaskScheduler.Default);
        }
    }

    async Task TalkAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await SayAsync("220 tea.example");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO": await SayAsync("250-tea.example\r\n250 AUTH PLAIN"); break;
                case "AUTH": await SayAsync(line == $"AUTH PLAIN {Convert.ToBase64String("\0tea\0pot of gold"u8)}" ? "235 welcome" : "535 wrong password"); break;
                case "RCPT" when refusals.TryDequeue(out var answer): await RefuseAsync(answer); break;
                case "DATA": await SayAsync("354 go on"); await TakeAsync(reader); await SayAsync("250 taken with thanks"); break;
                case "QUIT": await SayAsync("221 bye"); return;
                default: await SayAsync("250 fine"); break;
            }
        }

        async Task SayAsync(string words) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{words}\r\n"), stop.Token);

        async Task RefuseAsync(string answer)
        {
            Interlocked.Increment(ref refused);
            await SayAsync(answer);
        }
    }

    async Task TakeAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        letters.Writer.TryWrite(await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(text.ToString())), stop.Token));
    }
}
