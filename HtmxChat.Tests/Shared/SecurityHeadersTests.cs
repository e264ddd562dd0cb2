using System.Net;
using AngleSharp.Dom;

namespace HtmxChat.Tests.Shared;

public sealed class SecurityHeadersTests(SharedSite shared)
{
    static readonly string[] Framed = ["/rooms/1/composer", "/rooms/999999/live", "/rooms/999999/composer"];

    [Theory]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/rooms/1", HttpStatusCode.OK)]
    [InlineData("/rooms/1/older?before=5", HttpStatusCode.OK)]
    [InlineData("/rooms/1/composer", HttpStatusCode.OK)]
    [InlineData("/rooms/new", HttpStatusCode.OK)]
    [InlineData("/admin/invites", HttpStatusCode.OK)]
    [InlineData("/account/comfort", HttpStatusCode.OK)]
    [InlineData("/sign-out", HttpStatusCode.OK)]
    [InlineData("/rooms/999999", HttpStatusCode.NotFound)]
    [InlineData("/rooms/999999/live", HttpStatusCode.NotFound)]
    [InlineData("/rooms/999999/composer", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/live/superseded.css?id=m-1&seq=2", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    public async Task Every_answer_has_them(string path, HttpStatusCode status)
    {
        var answer = await shared.Ann.GetAsync(path);

        Assert.Equal(status, answer.Status);
        ExpectedHeaders.AreIn(answer.Header, Framed.Contains(path) ? ExpectedHeaders.Framing.ByOwnPages : ExpectedHeaders.Framing.None);
    }

    [Fact]
    public async Task So_have_refusals_and_streams()
    {
        var stranger = shared.Site.NewBrowser();
        ExpectedHeaders.AreIn((await stranger.GetAsync("/rooms/1")).Header);
        ExpectedHeaders.AreIn((await stranger.GetAsync("/rooms/1/live")).Header, ExpectedHeaders.Framing.ByOwnPages);
        ExpectedHeaders.AreIn((await stranger.SubmitAsync("/sign-in", ("Name", "Bob"))).Header);
        using var form = new FormUrlEncodedContent([new("Name", "Forged")]);
        ExpectedHeaders.AreIn((await stranger.SendAsync(HttpMethod.Post, "/sign-in", form, ("Origin", "null"))).Header);

        foreach (var accept in new[] { "text/event-stream", "text/html" })
        {
            await using var stream = (ResponseReader)await shared.Bob.ListenByStreamAsync(new(1), after: null, ("Accept", accept));
            ExpectedHeaders.AreIn(stream.Header, ExpectedHeaders.Framing.ByOwnPages);
        }
    }

    [Theory]
    [InlineData("/css/chat.css")]
    [InlineData("/js/room.js")]
    [InlineData("/icon.svg")]
    public async Task A_file_may_do_nothing_by_itself_and_be_used_by_this_site_alone(string path)
    {
        var answer = await shared.Ann.GetAsync(path);

        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
        Assert.Equal(("nosniff", "same-origin"), (answer.Header("X-Content-Type-Options"), answer.Header("Cross-Origin-Resource-Policy")));
        Assert.DoesNotContain("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/rooms/1", "/rooms/1?before=5", "/rooms/1/older?before=5", "/rooms/1/about", "/rooms/new", "/direct/new", "/invite", "/nowhere", "/rooms/999999")]
    public async Task Nothing_that_is_for_one_person_is_kept(params string[] paths)
    {
        foreach (var path in paths)
        {
            var answer = await shared.Ann.GetAsync(path);
            Assert.True(answer.Header("Cache-Control")?.Contains("no-store", StringComparison.Ordinal), $"{path}: {answer.Header("Cache-Control")}");
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

    [Fact]
    public async Task Who_never_wants_scripts_is_sent_none_and_the_messages_in_a_frame()
    {
        using var bob = await shared.Site.JoinAsync(shared.Ann, "Bob without scripts");
        Assert.NotEmpty((await bob.GetAsync("/rooms/1")).Page.QuerySelectorAll("script"));

        await bob.SubmitAsync("/account/comfort", ("NeverScripts", "true"));

        foreach (var path in new[] { "/rooms/1", "/rooms/1?before=5", "/rooms/new", "/account/comfort", "/nowhere" })
        {
            var plain = await bob.GetAsync(path);
            Assert.Empty(plain.Page.QuerySelectorAll("script, noscript, meta[name=htmx-config]"));
            Assert.Contains("script-src 'none';", plain.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("connect-src", plain.Header("Content-Security-Policy"), StringComparison.Ordinal);
        }
        var room = await bob.GetAsync("/rooms/1");
        Assert.Equal(["/rooms/1/live", "/rooms/1/composer"], room.Page.QuerySelectorAll("#live > iframe").Select(f => f.GetAttribute("src")));
        Assert.Single(room.Page.QuerySelectorAll("head > link[href*=noscript]"));

        var choice = await bob.GetAsync("/account/comfort");
        Assert.True(choice.Only("[name=NeverScripts]").HasAttribute("checked"));
        using var nothing = new FormUrlEncodedContent([new("__RequestVerificationToken", choice.Field("__RequestVerificationToken")!)]);
        await bob.SendAsync(HttpMethod.Post, "/account/comfort", nothing);
        Assert.NotEmpty((await bob.GetAsync("/rooms/1")).Page.QuerySelectorAll("script"));
    }

    static string? Address(IElement element) => element.GetAttribute("src") ?? element.GetAttribute("href") ?? element.GetAttribute("action");
}
