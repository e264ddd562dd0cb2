using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using HtmxChat.E2E;
using HtmxChat.Web.Previews;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Previews;

/// <summary>Servers that mean no good, or do not know what they do.</summary>
public sealed class LookAtPageTests : IAsyncDisposable
{
    const string Titled = "<title>Here</title>";

    readonly OddServer server = new();
    readonly OddServer other = new();
    readonly OwnAddresses own = new();

    // It stands still, however slow the machine is, until a test moves it.
    readonly FakeTimeProvider clock = new();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task A_page_is_shown_by_its_title_description_and_picture()
    {
        server.On("/p.png", [1, 2, 3], "Content-Type: image/png");
        var page = server.OnPage("/a/page", $"{Titled}<meta name=description content=What><meta property=og:site_name content=Place><meta property=og:image content=/p.png>");

        var found = await LookAsync(page);

        Assert.Equal(("Place", "Here", "What"), (found!.Site, found.Title, found.Description));
        Assert.Equal([1, 2, 3], found.Picture!);
        Assert.Equal(["/a/page", "/p.png"], server.Paths);
    }

    [Fact]
    public async Task No_request_says_more_than_what_it_asks_for()
    {
        using var activity = new Activity("somebody posts").Start();
        server.On("/page", Encoding.UTF8.GetBytes(Titled), "Content-Type: text/html", "Set-Cookie: who=bob");
        await LookAsync(new Uri(server.Url, "/page#bob"));
        await LookAsync(new Uri(server.Url, "/page"));

        Assert.Equal(2, server.Requests.Count);
        foreach (var request in server.Requests)
        {
            Assert.StartsWith("GET /page HTTP/1.1\r\n", request, StringComparison.Ordinal);
            Assert.Equal(["Accept", "Accept-Encoding", "Host", "User-Agent"], request.Split("\r\n")[1..^2].Select(h => h.Split(':')[0]).Order());
            Assert.Contains("User-Agent: HtmxChat/1.0 (link preview)\r\n", request, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_being_let_nothing_inside_is_asked()
    {
        server.OnPage("/", Titled);

        Assert.Null(await LookAsync(server.Url, PreviewSettings.Usual with { Ports = [server.Port] }));
        Assert.Null(await LookAsync(server.Url, Allowing with { Ports = [80, 443] }));
        Assert.Empty(server.Requests);
        Assert.NotNull(await LookAsync(server.Url));
    }

    [Theory]
    [InlineData("http://10.0.0.1:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://127.0.0.3:{1}/")]
    [InlineData("http://0x7f.3:{1}/")]
    [InlineData("http://2130706435:{1}/")]
    [InlineData("http://[::ffff:127.0.0.3]:{1}/")]
    [InlineData("http://inside.example:{1}/")]
    [InlineData("//127.0.0.3:{1}/")]
    [InlineData("http://bob:secret@127.0.0.1:{0}/")]
    [InlineData("http://127.0.0.1:22/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_to_where_nobody_may_go_is_not_followed(string to)
    {
        await using var inside = new OddServer("127.0.0.3");
        inside.OnPage("/", Titled);
        server.OnPage("/", Titled);
        server.OnRedirect("/start", string.Format(System.Globalization.CultureInfo.InvariantCulture, to, server.Port, inside.Port));
        var settings = new PreviewSettings([IPNetwork.Parse("127.0.0.1/32")], [server.Port, inside.Port]);

        var found = await LookAsync(new Uri($"http://outside.example:{server.Port}/start"), settings, (name, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(name == "inside.example" ? "127.0.0.3" : "127.0.0.1")]));

        Assert.Null(found);
        Assert.Equal(["/start"], server.Paths);
        Assert.Empty(inside.Requests);
    }

    [Fact]
    public async Task A_name_is_resolved_once_for_each_request_and_what_was_checked_is_what_is_asked()
    {
        server.OnPage("/", Titled);
        var asked = 0;
        var inside = IPAddress.Parse("127.0.0.1");

        // As somebody does it who has a name server: public when it is checked, inside when it is used.
        Task<IPAddress[]> Rebind(string name, CancellationToken ct) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Parse("127.0.0.2") : inside]);
        var settings = new PreviewSettings([IPNetwork.Parse("127.0.0.2/32")], [server.Port]);
        var link = new Uri($"http://rebinding.example:{server.Port}/");
        using var pages = new LookAtPage(settings, own, Rebind, clock);

        await pages.RunAsync(link, Ct);
        Assert.Equal(1, asked);
        Assert.Empty(server.Requests); // nobody listens at 127.0.0.2
        Assert.Null(await pages.RunAsync(link, Ct));
        Assert.Equal((2, 0), (asked, server.Requests.Count));
    }

    [Fact]
    public async Task A_name_of_which_one_address_is_inside_is_not_asked_at_all()
    {
        server.OnPage("/", Titled);
        var settings = new PreviewSettings([IPNetwork.Parse("127.0.0.1/32")], [server.Port]);

        Assert.Null(await LookAsync(new Uri($"http://two.example:{server.Port}/"), settings, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("10.0.0.1")])));
        Assert.Empty(server.Requests);
        Assert.NotNull(await LookAsync(new Uri($"http://one.example:{server.Port}/"), settings, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])));
    }

    [Fact]
    public async Task Redirects_are_followed_a_few_times_and_no_more()
    {
        for (var i = 0; i < 10; i++) server.OnRedirect($"/{i}", $"/{i + 1}");
        server.OnPage("/5", Titled);
        server.OnRedirect("/round", "/round");

        Assert.Equal("Here", (await LookAsync(new Uri(server.Url, "/0")))!.Title);
        Assert.Null(await LookAsync(new Uri(server.Url, "/round")));
        Assert.Equal(LookAtPage.MaxRedirects + 1, server.Paths.Count(p => p == "/round"));
    }

    [Fact]
    public async Task A_link_to_this_site_itself_is_never_asked_for_not_by_a_redirect_either()
    {
        own.Note(new HostString("127.0.0.1", other.Port));
        other.OnPage("/rooms/1/messages/2", Titled);

        Assert.Null(await LookAsync(new Uri(other.Url, "/rooms/1/messages/2")));
        Assert.Null(await LookAsync(server.OnRedirect("/short", $"{other.Url}rooms/1/messages/2")));
        Assert.Empty(other.Requests);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Who_drips_is_not_waited_for()
    {
        // A piece each second: what keeps coming does not put the limit off.
        server.On("/drip", async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Slow"u8.ToArray(), ct);
            for (var second = 0; second < LookAtPage.MaxTime.TotalSeconds; second++)
            {
                await stream.WriteAsync("."u8.ToArray(), ct);
                clock.Advance(TimeSpan.FromSeconds(1));
            }
            await Task.Delay(Timeout.Infinite, ct);
        });
        server.On("/silent", (_, ct) =>
        {
            clock.Advance(LookAtPage.MaxTime);
            return Task.Delay(Timeout.Infinite, ct);
        });
        server.On("/headers", async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), ct);
            while (true) await stream.WriteAsync("X: y\r\n"u8.ToArray(), ct);
        });

        foreach (var path in new[] { "/drip", "/silent", "/headers" }) Assert.Null(await LookAsync(new Uri(server.Url, path)));

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_page_without_end_is_read_to_a_bound()
    {
        long sent = 0;
        server.On("/endless", async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Endless</title>"u8.ToArray(), ct);
            var more = new byte[16 * 1024];
            while (true)
            {
                await stream.WriteAsync(more, ct);
                sent += more.Length;
            }
        });

        Assert.Equal("Endless", (await LookAsync(new Uri(server.Url, "/endless")))!.Title);
        Assert.InRange(sent, LookAtPage.MaxPageBytes - 64 * 1024, 16 * 1024 * 1024); // what the sockets hold is sent and not read
    }

    [Fact]
    public async Task A_small_file_that_unpacks_to_a_huge_one_is_read_to_the_same_bound()
    {
        var bomb = new MemoryStream();
        using (var zip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write("<title>Bomb</title>"u8);
            for (var i = 0; i < 1_000; i++) zip.Write(new byte[1_000_000]);
        }
        server.On("/bomb", bomb.ToArray(), "Content-Type: text/html", "Content-Encoding: gzip");
        var before = GC.GetTotalAllocatedBytes();

        Assert.Equal("Bomb", (await LookAsync(new Uri(server.Url, "/bomb")))!.Title);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 50_000_000);
    }

    [Fact]
    public async Task What_says_nothing_when_it_is_unpacked_ends_too()
    {
        // Blocks of nothing, as many as one likes (RFC 1951, stored blocks of length 0).
        long sent = 0;
        server.On("/nothing", async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"u8.ToArray(), ct);
            await stream.WriteAsync(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF }, ct);
            var blocks = Enumerable.Repeat(new byte[] { 0, 0, 0, 0xFF, 0xFF }, 4_000).SelectMany(b => b).ToArray();
            while (true)
            {
                await stream.WriteAsync(blocks, ct);
                sent += blocks.Length;
            }
        });

        Assert.Null(await LookAsync(new Uri(server.Url, "/nothing")));
        Assert.InRange(sent, 1, LookAtPage.MaxReceivedBytes + 16 * 1024 * 1024);
    }

    [Fact]
    public async Task Lengths_that_are_missing_or_lie_do_no_harm()
    {
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
        Say("/missing", $"{Head}\r\n{Titled}");
        Say("/short", $"{Head}Content-Length: {Titled.Length - 3}\r\n\r\n{Titled}");
        Say("/long", $"{Head}Content-Length: 1000000\r\n\r\n{Titled}");
        Say("/complete", $"{Head}Content-Length: 1000000\r\n\r\n<head>{Titled}</head>");
        Say("/negative", $"{Head}Content-Length: -1\r\n\r\n{Titled}");
        Say("/two", $"{Head}Content-Length: 5\r\nContent-Length: 500\r\n\r\n{Titled}");
        Say("/chunks", $"{Head}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{Titled}");
        Say("/nonsense", "no HTTP at all");

        Assert.Equal("Here", (await LookAsync(new Uri(server.Url, "/missing")))!.Title);
        Assert.Equal("Here</ti"[..4], (await LookAsync(new Uri(server.Url, "/short")))!.Title[..4]);
        Assert.Equal("Here", (await LookAsync(new Uri(server.Url, "/complete")))!.Title);
        foreach (var path in new[] { "/long", "/chunks", "/nonsense" }) Assert.Null(await LookAsync(new Uri(server.Url, path)));
        foreach (var path in new[] { "/negative", "/two" }) await LookAsync(new Uri(server.Url, path)); // as HttpClient likes, but it ends
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("image/svg+xml")]
    [InlineData("application/octet-stream")]
    public async Task What_is_no_page_is_none(string type) => Assert.Null(await LookAsync(server.On("/x", Encoding.UTF8.GetBytes(Titled), $"Content-Type: {type}")));

    [Fact]
    public async Task A_page_without_a_title_is_none_nor_is_an_error()
    {
        Assert.Null(await LookAsync(server.OnPage("/untitled", "<title> \u200B </title><meta name=description content=x>")));
        Say("/gone", $"HTTP/1.1 410 Gone\r\nContent-Type: text/html\r\nContent-Length: {Titled.Length}\r\n\r\n{Titled}");
        Assert.Null(await LookAsync(new Uri(server.Url, "/gone")));
        Assert.Null(await LookAsync(new Uri("http://127.0.0.1:9/"), Allowing with { Ports = [9] }));
        Assert.Null(await LookAsync(new Uri($"http://no-such-name.invalid:{server.Port}/"), resolve: (_, _) => Task.FromResult<IPAddress[]>([])));
    }

    [Theory]
    [InlineData("text/html; charset=windows-1251", "<title>", "windows-1251", "Привет")]
    [InlineData("text/html; charset=\"Shift_JIS\"", "<title>", "shift_jis", "こんにちは")]
    [InlineData("text/html", "<meta charset=koi8-r><title>", "koi8-r", "Привет")]
    [InlineData("text/html", "<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><title>", "gb2312", "你好")]
    [InlineData("text/html; charset=iso-8859-1", "<title>", "windows-1252", "“café”")]
    [InlineData("text/html; charset=no-such-thing", "<title>", "utf-8", "naïve")]
    [InlineData("text/html; charset=utf-7", "<title>", "utf-8", "+ADw-b+AD4-")]
    [InlineData("text/html", "<title>", "utf-16", "zwei Byte")]
    public async Task A_page_is_read_in_the_encoding_that_it_names(string type, string before, string encoding, string title)
    {
        var known = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] bytes = [.. encoding == "utf-16" ? known.Preamble : [], .. known.GetBytes($"{before}{title}</title>")];

        Assert.Equal(title, (await LookAsync(server.On("/", bytes, $"Content-Type: {type}")))!.Title);
    }

    [Fact]
    public async Task Bytes_that_are_wrong_in_their_encoding_are_replaced()
    {
        var page = server.On("/", [.. "<title>a"u8, 0xFF, 0xC3, .. "b</title>"u8], "Content-Type: text/html; charset=utf-8");

        Assert.Equal("a\uFFFD\uFFFDb", (await LookAsync(page))!.Title);
    }

    [Fact]
    public async Task A_picture_that_is_too_large_none_or_inside_leaves_the_page_without_one()
    {
        server.On("/large.png", new byte[LookAtPage.MaxPictureBytes + 1], "Content-Type: image/png");
        server.On("/fits.png", new byte[LookAtPage.MaxPictureBytes], "Content-Type: image/png");
        Say("/long.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + new string('x', LookAtPage.MaxPictureBytes + 1));
        server.On("/drawing.svg", "<svg/>"u8.ToArray(), "Content-Type: image/svg+xml");
        server.On("/page.png", Encoding.UTF8.GetBytes(Titled), "Content-Type: text/html");
        server.OnRedirect("/moved.png", "http://10.0.0.1/x.png");

        foreach (var path in new[] { "/large.png", "/long.png", "/drawing.svg", "/page.png", "/moved.png", "/none.png", "http://10.0.0.1/x.png", "file:///etc/passwd", "data:image/png;base64,AAAA", "http://[", "javascript:1" })
        {
            var found = await LookAsync(server.OnPage("/", $"{Titled}<meta property=og:image content='{path}'>"));
            Assert.Equal(("Here", null), (found!.Title, found.Picture));
        }
        Assert.NotNull((await LookAsync(server.OnPage("/", $"{Titled}<meta property=og:image content=/fits.png>")))!.Picture);
    }

    PreviewSettings Allowing => new([IPNetwork.Parse("127.0.0.0/8")], [server.Port, other.Port]);

    async Task<FoundPage?> LookAsync(Uri link, PreviewSettings? settings = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        using var pages = new LookAtPage(settings ?? Allowing, own, resolve ?? ((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])), clock);
        return await pages.RunAsync(link, Ct).Soon();
    }

    void Say(string path, string answer) => server.On(path, async (stream, ct) => await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), ct));
}
