using System.Net;
using AngleSharp.Dom;

namespace HtmxChat.Tests.Shared;

public sealed class SecurityHeadersTests(SharedSite shared)
{
    [Theory]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/rooms/1", HttpStatusCode.OK)]
    [InlineData("/rooms/1/older?before=5", HttpStatusCode.OK)]
    [InlineData("/rooms/1/composer", HttpStatusCode.OK)]
    [InlineData("/rooms/new", HttpStatusCode.OK)]
    [InlineData("/admin/invites", HttpStatusCode.OK)]
    [InlineData("/sign-out", HttpStatusCode.OK)]
    [InlineData("/rooms/999999", HttpStatusCode.NotFound)]
    [InlineData("/rooms/999999/live", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/css/chat.css", HttpStatusCode.OK)]
    [InlineData("/js/carrier.js", HttpStatusCode.OK)]
    [InlineData("/live/superseded.css?id=m-1&seq=2", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    public async Task Every_answer_has_them(string path, HttpStatusCode status)
    {
        var answer = await shared.Ann.GetAsync(path);

        Assert.Equal(status, answer.Status);
        HasThem(name => answer.Header(name));
    }

    [Fact]
    public async Task So_have_refusals_and_streams()
    {
        var stranger = shared.Site.NewBrowser();
        HasThem((await stranger.GetAsync("/rooms/1")).Header);
        HasThem((await stranger.GetAsync("/rooms/1/live")).Header);
        HasThem((await stranger.SubmitAsync("/sign-in", ("Name", "Bob"))).Header);

        foreach (var accept in new[] { "text/event-stream", "text/html" })
        {
            await using var stream = (ResponseReader)await shared.Bob.ListenByStreamAsync(new(1), after: null, ("Accept", accept));
            HasThem(stream.Header);
        }
    }

    [Theory]
    [InlineData("/rooms/1")]
    [InlineData("/rooms/1/composer")]
    [InlineData("/rooms/new")]
    [InlineData("/admin/invites")]
    [InlineData("/sign-out")]
    [InlineData("/nowhere")]
    public async Task No_page_needs_anything_that_they_forbid(string path)
    {
        var page = (await shared.Ann.GetAsync(path)).Page;

        Assert.NotEmpty(page.QuerySelectorAll("link[rel=stylesheet]"));
        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src]), base, object, embed"));
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name.StartsWith("hx-on", StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("script, link[rel=stylesheet], link[rel=icon], iframe, form[action]"), e => Assert.StartsWith("/", Address(e), StringComparison.Ordinal));
    }

    static void HasThem(Func<string, string?> header)
    {
        var policy = header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal(("nosniff", "same-origin"), (header("X-Content-Type-Options"), header("Referrer-Policy")));
        Assert.Null(header("Server"));
    }

    static string? Address(IElement element) => element.GetAttribute("src") ?? element.GetAttribute("href") ?? element.GetAttribute("action");
}
