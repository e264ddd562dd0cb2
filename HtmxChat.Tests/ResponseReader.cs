using System.Net;
using System.Text;

namespace HtmxChat.Tests;

/// <summary>A live connection that is a response which stays open: Server-Sent Events or the streamed page.</summary>
sealed class ResponseReader(HttpResponseMessage response) : LiveReader
{
    readonly Decoder utf8 = Encoding.UTF8.GetDecoder();
    readonly byte[] buffer = new byte[16 * 1024];
    readonly char[] text = new char[16 * 1024];

    public override HttpStatusCode Status => response.StatusCode;

    public string? Header(string name) => response.Headers.Concat(response.Content.Headers).SingleOrDefault(h => h.Key == name).Value?.Single();

    public override ValueTask DisposeAsync()
    {
        response.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<string?> NextAsync()
    {
        var stream = await response.Content.ReadAsStreamAsync(Ct);
        var count = await stream.ReadAsync(buffer, Ct);
        return count == 0 ? null : new string(text, 0, utf8.GetChars(buffer, 0, count, text, 0));
    }
}
