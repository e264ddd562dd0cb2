using System.Diagnostics;
using System.Net;
using System.Text;
using AngleSharp.Html.Parser;

namespace HtmxChat.Tests;

/// <summary>One open live connection and everything that it has heard.</summary>
public abstract class LiveReader : IAsyncDisposable
{
    readonly StringBuilder heard = new();
    string last = "";

    /// <summary>What the server answered to the attempt; 101 for a WebSocket that is open.</summary>
    public abstract HttpStatusCode Status { get; }

    /// <summary>Everything heard so far.</summary>
    public string Heard => heard.ToString();

    /// <summary>The texts of the messages heard so far, in their order.</summary>
    public IEnumerable<string> Messages => MessageText.Of(new HtmlParser().ParseDocument(Heard));

    /// <summary>Listens until something has been said.</summary>
    public Task HearAsync(string part) => HearUntilAsync(() => Heard.Contains(part, StringComparison.Ordinal), part);

    /// <summary>Listens until it hears at once what has one part and not another.</summary>
    public Task HearWithoutAsync(string part, string with) => HearUntilAsync(
        () => last.Contains(with, StringComparison.Ordinal) && !last.Contains(part, StringComparison.Ordinal), $"{with}' without '{part}");

    /// <summary>Listens until the server ends the connection.</summary>
    public async Task HearToTheEndAsync()
    {
        while (await HearMoreAsync())
        {
        }
    }

    public abstract ValueTask DisposeAsync();

    /// <returns>Null when the connection has ended.</returns>
    protected abstract Task<string?> NextAsync();

    // Heartbeats come for ever, so the whole has a limit too.
    async Task HearUntilAsync(Func<bool> isHeard, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!isHeard())
        {
            Assert.True(await HearMoreAsync(), $"The connection ended before '{what}' was heard. Heard: {Heard}");
            Assert.True(isHeard() || Stopwatch.GetElapsedTime(begun) < Waiting.Longest, $"'{what}' was not heard. Heard: {Heard}");
        }
    }

    async Task<bool> HearMoreAsync()
    {
        var next = await NextAsync().Soon();
        heard.Append(next);
        last = next ?? "";
        return next is not null;
    }
}
