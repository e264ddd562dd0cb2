using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HtmxChat.Tests.Safety;

/// <summary>What docs/operations.md lists as fixed: as much as that is taken, and no more. What a WebSocket may send is among the tests of carriers.</summary>
public sealed class ServerLimitsTests(SharedSite shared)
{
    const int MaxBodyBytes = 256 * 1024;

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    public async Task A_body_that_says_that_it_is_too_long_is_refused_unread(string type)
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(MaxBodyBytes + 1));
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, await PostAsync(MaxBodyBytes));

        async Task<HttpStatusCode> PostAsync(int length)
        {
            using var body = new ByteArrayContent(new byte[length]) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
            return (await shared.Bob.SendAsync(HttpMethod.Post, "/rooms/new", body, ("Expect", "100-continue"))).Status;
        }
    }

    [Fact]
    public async Task A_body_that_does_not_say_how_long_it_is_is_cut_off()
    {
        Assert.Equal((HttpStatusCode.BadRequest, true), await PostAsync(MaxBodyBytes + 1));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, false), await PostAsync(MaxBodyBytes - 1024)); // what says how long each chunk is counts, too

        async Task<(HttpStatusCode, bool)> PostAsync(int length)
        {
            using var source = new MemoryStream([.. "Name="u8, .. Enumerable.Repeat((byte)'x', length - 5)]);
            using var body = new StreamContent(source) { Headers = { ContentType = new("application/x-www-form-urlencoded") } };
            var answer = await shared.Bob.SendAsync(HttpMethod.Post, "/rooms/new", body, ("Transfer-Encoding", "chunked"));
            return (answer.Status, answer.Text.Contains("could not be read", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(600, 200, HttpStatusCode.UnprocessableEntity)]
    [InlineData(601, 5, HttpStatusCode.BadRequest)]
    [InlineData(1, 201, HttpStatusCode.BadRequest)]
    public async Task A_form_has_so_many_fields_of_so_long_names_and_no_more(int fields, int nameLength, HttpStatusCode status)
    {
        using var form = new FormUrlEncodedContent(Enumerable.Range(0, fields).Select(i => KeyValuePair.Create($"{i}".PadLeft(nameLength, 'f'), "x")));

        // Without a token it is told so, once it has been read.
        Assert.Equal(status, (await shared.Bob.SendAsync(HttpMethod.Post, "/rooms/new", form)).Status);
    }

    [Theory]
    [InlineData(8_000, HttpStatusCode.OK)]
    [InlineData(8 * 1024, HttpStatusCode.RequestUriTooLong)]
    public async Task A_request_line_is_so_long_and_no_longer(int length, HttpStatusCode status) =>
        Assert.Equal(status, (await shared.Bob.GetAsync($"/health?{new string('x', length - "GET /health? HTTP/1.1\r\n".Length + 1)}")).Status);

    [Theory]
    [InlineData(1, 15 * 1024, HttpStatusCode.OK)]
    [InlineData(1, 16 * 1024, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData(4, 4 * 1024, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData(60, 1, HttpStatusCode.OK)]
    [InlineData(65, 1, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Headers_are_so_many_and_so_long_and_no_more(int count, int length, HttpStatusCode status)
    {
        using var stranger = shared.Site.NewBrowser();

        var answer = await stranger.GetAsync("/health", [.. Enumerable.Range(0, count).Select(i => ($"X-Header-{i}", new string('x', length)))]);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task One_connection_of_HTTP2_has_100_streams_at_once()
    {
        await using var site = await ChatSite.StartEmptyAsync(ChatSite.Http2);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(site.Address.Host, site.Address.Port, Ct);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0], Ct); // with empty settings (RFC 9113, section 3.4)

        var head = new byte[9];
        await stream.ReadExactlyAsync(head, Ct).AsTask().Soon();
        Assert.Equal(4, head[3]);
        var settings = new byte[head[2]];
        await stream.ReadExactlyAsync(settings, Ct).AsTask().Soon();

        // MAX_CONCURRENT_STREAMS (RFC 9113, section 6.5.2).
        var streams = settings.Chunk(6).Single(s => BinaryPrimitives.ReadUInt16BigEndian(s) == 3);
        Assert.Equal(100u, BinaryPrimitives.ReadUInt32BigEndian(streams.AsSpan(2)));
    }

    // They are kept by the server's own clock, which no test can move: that they are set is all that is looked at.
    [Fact]
    public void Times_and_speeds_are_set()
    {
        var limits = shared.Site.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(130)), (limits.RequestHeadersTimeout, limits.KeepAliveTimeout));
        foreach (var rate in new[] { limits.MinRequestBodyDataRate, limits.MinResponseDataRate }) Assert.Equal((240, TimeSpan.FromSeconds(10)), (rate!.BytesPerSecond, rate.GracePeriod));
        Assert.Equal((null, null), (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections));
    }
}
