using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

/// <summary>On a connection that was taken over from HTTP/1.1.</summary>
public class WebSocketCarrierTests(SharedSite shared) : ResumingCarrierContract(shared, Carrier.WebSocket)
{
    [Fact]
    public async Task A_message_of_64_KB_is_answered()
    {
        await using var bob = await OpenAsync();

        await bob.SayAsync(new string('x', WebSocketCarrier.MaxMessageBytes));
        await bob.HearAsync("refused");

        Assert.Null(bob.CloseCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024 * 1024)]
    public async Task A_longer_message_closes_the_connection_with_1009(int tooMany)
    {
        await using var bob = await OpenAsync();

        await bob.SayAsync(new string('x', WebSocketCarrier.MaxMessageBytes + tooMany));
        await bob.HearToTheEndAsync();

        Assert.Equal(1009, bob.CloseCode);
    }

    [Fact]
    public async Task A_binary_message_closes_the_connection_with_1003()
    {
        await using var bob = await OpenAsync();

        await bob.SayBytesAsync([1, 2, 3]);
        await bob.HearToTheEndAsync();

        Assert.Equal(1003, bob.CloseCode);
    }

    [Fact]
    public async Task A_page_that_closes_is_answered_in_order()
    {
        await using var bob = await OpenAsync();

        await bob.CloseAsync();

        Assert.Equal(1000, bob.CloseCode);
    }

    protected override void SaysWhyItEnded(LiveReader ended, bool signedOut) => Assert.Equal(signedOut ? 4001 : 1012, ((SocketReader)ended).CloseCode);

    async Task<SocketReader> OpenAsync()
    {
        var room = await Shared.NewRoomAsync();
        var reader = (SocketReader)await Shared.Bob.ListenAsync(room, Carrier.WebSocket, await Shared.Bob.PositionAsync(room));
        await reader.HearAsync("head");
        return reader;
    }
}

/// <summary>Inside a request, as over TLS and HTTP/2 (RFC 8441).</summary>
public sealed class WebSocketOverHttp2Tests(Http2Site shared) : WebSocketCarrierTests(shared), IClassFixture<Http2Site>;

public sealed class Http2Site : SharedSite
{
    protected override Task<(string Key, string Value)[]> SettingsAsync() => Task.FromResult<(string Key, string Value)[]>([ChatSite.Http2]);
}
