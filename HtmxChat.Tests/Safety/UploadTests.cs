using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Safety;

/// <summary>What people may upload at once, how slowly, and what is answered to what is not taken.</summary>
public sealed partial class UploadTests
{
    const string Form = "/account?handler=Picture";

    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task One_too_many_is_answered_before_it_is_read()
    {
        await using var site = await StartAsync(("Limits:Times", "1"), ("Limits:UploadsPerMinute", "1"));
        using var ann = await site.SetUpByAnnAsync();
        await UploadAsync(ann);

        await using var upload = await BeginAsync(site, ann);

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(upload));
    }

    [Fact]
    public async Task Whoever_sends_for_too_long_is_told_so()
    {
        await using var site = await StartAsync();
        using var ann = await site.SetUpByAnnAsync();
        await using var first = await BeginAsync(site, ann);
        await using var second = await BeginAsync(site, ann);
        await UntilAsync(ann, s => s == HttpStatusCode.ServiceUnavailable); // both have begun

        time.Advance(Uploads.Patience);

        Assert.Equal((HttpStatusCode.RequestTimeout, HttpStatusCode.RequestTimeout), (await StatusAsync(first), await StatusAsync(second)));
    }

    [Fact]
    public async Task One_person_uploads_two_at_once_and_leaves_places_to_others()
    {
        await using var site = await StartAsync();
        using var ann = await site.SetUpByAnnAsync();
        using var bob = await site.JoinAsync(ann, "Bob");
        var first = await BeginAsync(site, ann);
        await using var second = await BeginAsync(site, ann);

        var busy = await UntilAsync(ann, s => s == HttpStatusCode.ServiceUnavailable);

        Assert.Equal("10", busy.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await UploadAsync(bob)).Status);
        await first.DisposeAsync();
        await UntilAsync(ann, s => s == HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public void There_is_a_place_for_eight_and_none_for_the_ninth()
    {
        var uploads = new Uploads();
        var places = Enumerable.Range(1, Uploads.MaxAtOnce).Select(n => uploads.Take(From(n))).ToList();

        Assert.Throws<TooBusyException>(() => uploads.Take(From(9)));

        places[0].Dispose();
        uploads.Take(From(9)).Dispose();

        static Caller From(int number) => Caller.Of(IPAddress.Parse($"192.0.2.{number}"));
    }

    [Fact]
    public async Task The_example_for_nginx_lets_through_whatever_a_page_takes()
    {
        await using var site = await StartAsync();
        var example = await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "deploy/nginx.conf"), Ct);
        var larger = LargerLocation().Matches(example).Select(m => (Pages: new Regex(m.Groups[1].Value), Megabytes: int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();

        var pages = site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && e.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null).ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.Contains(larger, l => l.Pages.IsMatch($"/{page.RoutePattern.RawText!.TrimStart('/')}") && l.Megabytes * 1024L * 1024 > page.Metadata.GetMetadata<IRequestSizeLimitMetadata>()!.MaxRequestBodySize));
    }

    [GeneratedRegex(@"location ~ (\S+) \{\s+client_max_body_size (\d+)m;")]
    private static partial Regex LargerLocation();

    Task<ChatSite> StartAsync(params (string, string)[] settings) => ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(time), settings);

    // Says that a large file comes, and sends nothing of it.
    static async Task<NetworkStream> BeginAsync(ChatSite site, Browser browser)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(site.Address.Host, site.Address.Port, Ct);
        var stream = new NetworkStream(tcp.Client, ownsSocket: true);
        var cookies = string.Join("; ", browser.Cookies.Select(c => $"{c.Name}={c.Value}"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {Form} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nCookie: {cookies}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n"), Ct);
        return stream;
    }

    static async Task<HttpStatusCode> StatusAsync(NetworkStream stream)
    {
        var line = new byte["HTTP/1.1 200".Length];
        await stream.ReadExactlyAsync(line, Ct).AsTask().Soon();
        return (HttpStatusCode)int.Parse(Encoding.ASCII.GetString(line)[^3..], CultureInfo.InvariantCulture);
    }

    static async Task<Answer> UploadAsync(Browser browser)
    {
        var page = await browser.GetAsync("/account");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.Page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent("no picture"u8.ToArray()), "Picture", "me.png" },
        };
        return await browser.SendAsync(HttpMethod.Post, Form, content);
    }

    static async Task<Answer> UntilAsync(Browser browser, Func<HttpStatusCode, bool> isIt)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Waiting.Longest);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            if (await UploadAsync(browser) is var answer && isIt(answer.Status)) return answer;
        }
    }
}
