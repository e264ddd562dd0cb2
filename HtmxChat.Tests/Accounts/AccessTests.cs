using System.Net;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Accounts;

public sealed class AccessTests(SharedSite shared)
{
    [Fact]
    public void These_addresses_and_files_are_all_that_a_stranger_is_answered()
    {
        var open = shared.Site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => e.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !path.StartsWith("css/", StringComparison.Ordinal) && !path.StartsWith("js/", StringComparison.Ordinal) && !path.StartsWith("lib/", StringComparison.Ordinal) && !path.StartsWith("icon", StringComparison.Ordinal));

        Assert.Equal(["account/comfort", "confirm/{token}", "forgot", "goodbye", "health", "join", "join/{invite}", "logo", "mine/{personId:long}.css", "people/{id:long}/picture/{picture}", "phone/{token}", "problem/{status:int}", "public", "reset/{token}", "robots.txt", "rooms/{id:long}/live", "setup", "sign-in", "sign-in/code", "sign-in/other", "sign-in/other/back", "sign-in/passkey", "site.css", "sitemap.xml"], open.Distinct().Order());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/rooms/1")]
    [InlineData("/rooms/1?before=2")]
    [InlineData("/rooms/1?after=0")]
    [InlineData("/rooms/1/older?before=2")]
    [InlineData("/rooms/1/composer")]
    [InlineData("/rooms/new")]
    [InlineData("/rooms/999999")]
    [InlineData("/jump?q=a")]
    [InlineData("/help/keys")]
    [InlineData("/admin/invites")]
    [InlineData("/sign-out")]
    [InlineData("/account/two-step")]
    [InlineData("/account/passkeys")]
    [InlineData("/account/phone")]
    [InlineData("/live/superseded.css?id=m-1&seq=2")]
    public async Task A_stranger_is_asked_to_sign_in_and_then_led_on(string path)
    {
        Assert.NotEqual(HttpStatusCode.NotFound, path == "/rooms/999999" ? HttpStatusCode.OK : (await shared.Ann.GetAsync(path)).Status);

        var answer = await shared.Site.NewBrowser().GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString(path)}", new Uri(answer.Location!).PathAndQuery);
    }

    [Theory]
    [InlineData("/rooms/1")]
    [InlineData("/rooms/1/composer")]
    [InlineData("/rooms/new")]
    [InlineData("/sign-out")]
    [InlineData("/account/two-step?handler=Off")]
    [InlineData("/account/passkeys?handler=Options")]
    [InlineData("/account/phone")]
    public async Task A_strangers_form_is_not_taken(string path)
    {
        using var form = new FormUrlEncodedContent([new("key", "0123456789abcdef"), new("text", "From nobody.")]);

        var answer = await shared.Site.NewBrowser().SendAsync(HttpMethod.Post, path, form);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.DoesNotContain("From nobody.", (await shared.Ann.GetAsync("/rooms/1")).Messages);
    }

    [Fact]
    public async Task A_script_without_a_session_is_told_so_and_not_led_to_a_page_that_it_would_take_for_its_answer()
    {
        var form = await shared.Bob.GetAsync("/rooms/1");

        var answer = await shared.Site.NewBrowser().SubmitByHtmxAsync(form, "/rooms/1", ("text", "From nobody."));

        Assert.Equal((HttpStatusCode.Unauthorized, null, ""), (answer.Status, answer.Location, answer.Text));
    }

    [Fact]
    public async Task The_sign_in_page_and_the_health_check_answer_everybody()
    {
        var stranger = shared.Site.NewBrowser();

        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/sign-in")).Status);
        Assert.Equal("ok", (await stranger.GetAsync("/health")).Text);
    }

    [Fact]
    public async Task A_form_without_this_sites_token_is_not_taken()
    {
        using var form = new FormUrlEncodedContent([new("Name", "Forged room")]);

        var answer = await shared.Ann.SendAsync(HttpMethod.Post, "/rooms/new", form);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Forged room"), (answer.Status, answer.Field("Name")));
        Assert.DoesNotContain("Forged room", (await shared.Ann.GetAsync("/rooms/1")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_that_was_copied_before_the_sign_out_is_worth_nothing_after_it()
    {
        var bob = await shared.Site.SignInAsync("Bob");
        var thief = bob.Copy();
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/rooms/1")).Status);

        await bob.SignOutAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/rooms/1")).Status);
        await using var listening = await thief.ListenAsync(new RoomId(1), HtmxChat.Web.Live.Carrier.ServerSentEvents);
        Assert.Equal(HttpStatusCode.Unauthorized, listening.Status);
    }
}
