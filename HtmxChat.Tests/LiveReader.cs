using System.Net;
using System.Text;
using AngleSharp.Html.Parser;

namespace HtmxChat.Tests;

/// <summary>One open live connection and everything that it has heard.</summary>
public abstract class LiveReader : IAsyncDisposable
{
    readonly StringBuilder heard = new();

    /// <summary>What the server answered to the attempt; 101 for a WebSocket that is open.</summary>
    public abstract HttpStatusCode Status { get; }

    /// <summary>Everything heard so far.</summary>
    public string Heard => heard.ToString();

    /// <summary>The texts of the messages heard so far, in their order.</summary>
    public IEnumerable<string> Messages => new HtmlParser().ParseDocument(Heard).QuerySelectorAll("article .text").Select(m => m.TextContent);

    /// <summary>Listens until something has been said.</summary>
    public async Task HearAsync(string part)
    {
        while (!Heard.Contains(part, StringComparison.Ordinal))
        {
            Assert.True(await HearMoreAsync(), $"The connection ended before '{part}' was heard. Heard: {Heard}");
        }
    }

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

    async Task<bool> HearMoreAsync()
    {
        var next = await NextAsync().Soon();
        heard.Append(next);
        return next is not null;
    }
}
