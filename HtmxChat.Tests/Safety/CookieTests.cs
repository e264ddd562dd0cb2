using System.Net;
using System.Text.RegularExpressions;
using HtmxChat.Web.Live;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Safety;

/// <summary>A site that speaks TLS on one port and http on another.</summary>
public sealed partial class CookieTests : IAsyncLifetime
{
    ChatSite site = null!;
    Uri tls = null!;
    Uri plain = null!;

    public async ValueTask InitializeAsync()
    {
        site = await ChatSite.StartEmptyAsync(TestCertificate.Settings);
        var addresses = site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToList();
        (tls, plain) = (addresses.Single(a => a.Scheme == "https"), addresses.Single(a => a.Scheme == "http"));
        (await NewBrowser(tls).SubmitAsync("/setup", ("Site", "Tea house"), ("Name", "Ann"), ("Password", ChatSite.Password))).HasStatus(HttpStatusCode.Redirect);
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Over_TLS_every_cookie_is_this_hosts_alone()
    {
        var given = await GivenAsync(tls);

        Assert.Equal(["__Host-chat", "__Host-form", "__Host-room", "__Host-scripts"], given.Keys.Order());
        Assert.All(given.Values, cookie => Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], Attributes(cookie)));
    }

    [Fact]
    public async Task Over_plain_http_every_cookie_is_one_that_browsers_keep_there()
    {
        var given = await GivenAsync(plain);

        Assert.Equal(["chat", "form", "room", "scripts"], given.Keys.Order());
        Assert.All(given.Values, cookie => Assert.Equal(["httponly", "path=/", "samesite=lax"], Attributes(cookie)));
    }

    [Fact]
    public async Task Over_TLS_a_person_talks_by_every_carrier()
    {
        using var ann = NewBrowser(tls);
        await SignInAsync(ann);
        var position = await ann.PositionAsync(new(1));

        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            await using var listening = await ann.ListenAsync(new(1), carrier, position);
            await ann.SayAsync(new(1), $"By {carrier}.");
            await listening.HearAsync($"By {carrier}.");
        }
    }

    [Fact]
    public async Task A_session_is_worth_nothing_by_the_other_way()
    {
        using var overHttp = NewBrowser(plain);
        using var overTls = NewBrowser(tls);
        await SignInAsync(overHttp);
        await SignInAsync(overTls);

        // Under its own name, as a browser sends it, and under the other's, as whoever has read it on the way would.
        foreach (var name in new[] { "chat", "__Host-chat" })
        {
            var read = await NewBrowser(tls).GetAsync("/rooms/1", ("Cookie", $"{name}={overHttp.Cookie("chat")}"));
            Assert.Equal(HttpStatusCode.Redirect, read.Status);
            read = await NewBrowser(plain).GetAsync("/rooms/1", ("Cookie", $"{name}={overTls.Cookie("__Host-chat")}"));
            Assert.Equal(HttpStatusCode.Redirect, read.Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await overHttp.GetAsync("/rooms/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await overTls.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task Who_was_signed_in_before_there_was_TLS_signs_in_once_more()
    {
        using var ann = NewBrowser(plain);
        await SignInAsync(ann);
        using var later = ann.At(tls);
        Assert.Equal(HttpStatusCode.Redirect, (await later.GetAsync("/rooms/1")).Status);

        await SignInAsync(later);

        Assert.Equal(HttpStatusCode.OK, (await later.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task Signing_out_over_TLS_takes_the_cookie_away()
    {
        using var ann = NewBrowser(tls);
        await SignInAsync(ann);

        await ann.SignOutAsync();

        Assert.DoesNotContain(ann.Cookies, c => c.Name == "__Host-chat");
    }

    [Fact]
    public async Task Browsers_are_told_to_come_back_over_TLS_only_where_there_is_some()
    {
        foreach (var path in new[] { "/sign-in", "/rooms/1", "/nowhere", "/css/chat.css", "/health" })
        {
            Assert.Equal("max-age=31536000", (await NewBrowser(tls).GetAsync(path)).Header("Strict-Transport-Security"));
            Assert.Null((await NewBrowser(plain).GetAsync(path)).Header("Strict-Transport-Security"));
        }
    }

    /// <summary>All cookies that there are, each by its header.</summary>
    static async Task<Dictionary<string, string>> GivenAsync(Uri address)
    {
        using var ann = NewBrowser(address);
        Answer[] answers =
        [
            await ann.GetAsync("/sign-in"),
            await SignInAsync(ann),
            await ann.GetAsync("/rooms/1"),
            await ann.SubmitAsync("/account/comfort", ("NeverScripts", "true")),
        ];
        return answers.Select(a => a.Header("Set-Cookie")).OfType<string>().SelectMany(h => BetweenCookies().Split(h)).ToDictionary(c => c[..c.IndexOf('=', StringComparison.Ordinal)]);
    }

    static async Task<Answer> SignInAsync(Browser browser) =>
        (await browser.SubmitAsync("/sign-in", ("Name", "Ann"), ("Password", ChatSite.Password))).HasStatus(HttpStatusCode.Redirect);

    static IEnumerable<string> Attributes(string cookie) =>
        cookie.Split("; ").Skip(1).Where(a => !a.StartsWith("expires", StringComparison.Ordinal) && !a.StartsWith("max-age", StringComparison.Ordinal)).Order();

    static Browser NewBrowser(Uri address) => new(address, HttpVersion.Version11);

    [GeneratedRegex(@", (?=[^;=\s]+=)")]
    private static partial Regex BetweenCookies();
}
