using System.Globalization;
using System.Net;
using System.Text;

namespace HtmxChat.Bench.Client;

/// <summary>One page that posts to the first room, message after message, and remembers what was acknowledged.</summary>
public sealed class Poster : IDisposable
{
    const string Digits = "00000000";

    readonly HttpConnection connection;
    readonly string keyStart;
    readonly byte[] request;
    readonly Memory<byte> key;
    int acknowledged;

    Poster(HttpConnection connection, string keyStart, byte[] request)
    {
        (this.connection, this.keyStart, this.request) = (connection, keyStart, request);
        key = request.AsMemory(request.AsSpan().IndexOf(Encoding.ASCII.GetBytes(keyStart + Digits)), keyStart.Length + Digits.Length);
    }

    /// <summary>The client keys of all messages that the server said it had stored.</summary>
    public IEnumerable<string> Acknowledged => Enumerable.Range(1, acknowledged).Select(n => keyStart + n.ToString(Digits, CultureInfo.InvariantCulture));

    /// <param name="number">Tells this page's keys from those of others.</param>
    public static async Task<Poster> OpenAsync(IPEndPoint site, SignedInPerson person, int number, CancellationToken ct)
    {
        var (_, token) = await person.OpenRoomAsync(1, ct);
        var keyStart = string.Create(CultureInfo.InvariantCulture, $"bench-{number:D4}-");
        var form = $"key={keyStart}{Digits}&text=Shall+we+meet+at+the+usual+place+tomorrow%3F&__RequestVerificationToken={token}";
        return new Poster(await HttpConnection.OpenAsync(site, ct), keyStart, Requests.Post(site, "/rooms/1", person.Cookies, form));
    }

    /// <summary>Posts the next message and waits until it is acknowledged.</summary>
    public async ValueTask PostAsync()
    {
        var next = acknowledged + 1;
        next.TryFormat(key.Span[keyStart.Length..], out _, Digits, CultureInfo.InvariantCulture);
        var answer = await connection.SendAsync(request);
        if (answer.Status != 204 || answer.Head.Span.IndexOf("chat:ack"u8) < 0 || answer.Head.Span.IndexOf(key.Span) < 0)
            throw new WrongAnswerException($"A post was answered with {answer.Status}.");

        acknowledged = next;
    }

    public void Dispose() => connection.Dispose();
}
