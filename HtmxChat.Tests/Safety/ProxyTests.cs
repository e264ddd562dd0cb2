using System.Net;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Safety;

/// <summary>Who is believed about where a request comes from.</summary>
public sealed class ProxyTests
{
    static readonly (string, string)[] Spoofed =
    [
        ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Prefix", "/evil"),
        ("Forwarded", "for=203.0.113.7;proto=https;host=evil.example"), ("X-Original-For", "203.0.113.7"), ("X-Real-IP", "203.0.113.7"),
    ];

    [Theory]
    [InlineData("", "false")]
    [InlineData("", "true")]
    [InlineData("192.0.2.1, 10.0.0.0/8", "false")]
    [InlineData("192.0.2.1, 10.0.0.0/8", "true")]
    public async Task Whoever_is_not_named_changes_nothing_by_saying_so(string proxies, string believeAll)
    {
        // The second is ASPNETCORE_FORWARDEDHEADERS_ENABLED, by which ASP.NET Core believes all the world.
        await using var site = await ChatSite.StartEmptyAsync(("Proxies", proxies), ("ForwardedHeaders_Enabled", believeAll), ("Limits:Times", "1"), ("Limits:SignInsPerMinute", "2"));
        var ann = await site.SetUpByAnnAsync();

        var invite = await ann.GetAsync("/admin/invites", Spoofed);
        Assert.StartsWith(ann.OwnOrigin, invite.Only(".invite-link").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Null(invite.Header("Strict-Transport-Security"));

        var stranger = site.NewBrowser();
        var form = await stranger.GetAsync("/sign-in", Spoofed);
        Assert.DoesNotContain("secure", form.Header("Set-Cookie"), StringComparison.Ordinal);
        HttpStatusCode[] answers = [await TryAsync(site, "203.0.113.1"), await TryAsync(site, "203.0.113.2"), await TryAsync(site, "203.0.113.3")];
        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests], answers);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3 127.0.0.0/8, ::1")]
    public async Task A_proxy_that_is_named_says_who_asks_and_whether_there_is_TLS_and_nothing_about_the_host(string proxies)
    {
        await using var site = await ChatSite.StartEmptyAsync(("Proxies", proxies), ("Limits:Times", "1"), ("Limits:SignInsPerMinute", "1"));
        var ann = await site.SetUpByAnnAsync();

        var invite = await ann.GetAsync("/sign-in", Spoofed);
        Assert.Equal("max-age=31536000", invite.Header("Strict-Transport-Security"));
        Assert.Contains("__Host-form=", invite.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.StartsWith($"https://{site.Address.Authority}/sign-in", (await site.NewBrowser().GetAsync("/", Spoofed)).Location, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(site, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(site, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(site, "203.0.113.2"));

        // Only what the proxy itself has put there counts, which is the last; the rest is what it was sent.
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(site, "198.51.100.9, 203.0.113.2"));
    }

    [Fact]
    public async Task Through_two_proxies_that_are_both_named_the_address_is_the_one_before_them()
    {
        await using var site = await ChatSite.StartEmptyAsync(("Proxies", "127.0.0.1, 10.0.0.0/8"), ("Limits:Times", "1"), ("Limits:SignInsPerMinute", "1"));
        await site.SetUpByAnnAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(site, "203.0.113.1, 10.0.0.9"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(site, "203.0.113.2, 10.0.0.9"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(site, "198.51.100.9, 203.0.113.2, 10.0.0.9"));
    }

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.0/33")]
    [InlineData("*")]
    public void What_is_no_address_is_refused_at_the_start_by_name(string setting) =>
        Assert.Contains($"'{setting}'", Assert.Throws<InvalidOperationException>(() => Proxies.Read(setting)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("chat.example", HttpStatusCode.OK)]
    [InlineData("CHAT.example:8080", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("chat.example.evil.example", HttpStatusCode.BadRequest)]
    public async Task Where_the_sites_names_are_set_it_answers_to_no_other(string host, HttpStatusCode status)
    {
        await using var site = await ChatSite.StartEmptyAsync(("AllowedHosts", "chat.example"));

        Assert.Equal(status, (await site.NewBrowser().GetAsync("/health", ("Host", host))).Status);
    }

    static async Task<HttpStatusCode> TryAsync(ChatSite site, string forwardedFor)
    {
        using var stranger = site.NewBrowser();
        using var form = new FormUrlEncodedContent([new("Name", "Ann"), new("Password", "wrong guess")]);
        return (await stranger.SendAsync(HttpMethod.Post, "/sign-in", form, ("X-Forwarded-For", forwardedFor))).Status;
    }
}
