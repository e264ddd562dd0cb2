using System.Net;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Http;

namespace HtmxChat.Tests.Safety;

/// <summary>Pages of other sites can do nothing here, although their browsers send the cookies.</summary>
public sealed class OriginTests(SharedSite shared)
{
    // {host} and {port} are this site's own.
    public static TheoryData<string> Foreign =>
    [
        "null",
        "",
        "http://evil.example",
        "http://{host}.evil.example:{port}",
        "http://{host}.evil:{port}",
        "http://evil{host}:{port}",
        "http://evil.example:{port}",
        "http://{host}",
        "http://{host}:1",
        "http://{host}:{port}0",
        "http://{host}:{port}@evil.example",
        "http://evil.example/{host}:{port}",
        "http://{host}:{port}/",
        "http://{host}:{port}, http://evil.example",
        "http://user@{host}:{port}",
        "ws://{host}:{port}",
        "ftp://{host}:{port}",
        "file://{host}:{port}",
        "chrome-extension://{host}",
        "{host}:{port}",
        "//{host}:{port}",
        "*",
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_handshake_from_elsewhere_is_refused(string origin)
    {
        await using var bob = await shared.Bob.ListenByWebSocketAsync(new RoomId(1), after: null, OfThisSite(origin));

        Assert.Equal(HttpStatusCode.Forbidden, bob.Status);
    }

    [Fact]
    public async Task A_handshake_that_does_not_say_where_it_comes_from_is_refused_and_one_of_this_site_is_not()
    {
        await using var silent = await shared.Bob.ListenByWebSocketAsync(new RoomId(1), after: null, origin: null);
        await using var own = await shared.Bob.ListenByWebSocketAsync(new RoomId(1), after: null, shared.Bob.OwnOrigin);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.SwitchingProtocols), (silent.Status, own.Status));
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_form_from_elsewhere_is_refused_even_with_the_right_token(string origin)
    {
        var room = await shared.NewRoomAsync();
        var form = await shared.Bob.GetAsync($"/rooms/{room}/composer");
        var fields = form.Page.QuerySelectorAll("main [name]").ToDictionary(e => e.GetAttribute("name")!, e => e.GetAttribute("value") ?? "");
        fields["text"] = "From elsewhere.";
        using var content = new FormUrlEncodedContent(fields);

        var answer = await shared.Bob.SendAsync(HttpMethod.Post, $"/rooms/{room}", content, ("Origin", OfThisSite(origin)));

        Assert.Equal((HttpStatusCode.Forbidden, "Not from here"), (answer.Status, answer.TextOf("h1")));
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
        using var again = new FormUrlEncodedContent(fields);
        Assert.Equal(HttpStatusCode.SeeOther, (await shared.Bob.SendAsync(HttpMethod.Post, $"/rooms/{room}", again, ("Origin", shared.Bob.OwnOrigin))).Status);
    }

    [Fact]
    public async Task A_browser_for_text_which_does_not_say_where_a_form_comes_from_is_held_to_its_token()
    {
        var room = await shared.NewRoomAsync();
        var form = await shared.Bob.GetAsync($"/rooms/{room}/composer");

        Assert.Equal(HttpStatusCode.SeeOther, (await shared.Bob.SubmitAsync(form, $"/rooms/{room}/composer", ("text", "By hand."))).Status);

        using var forged = new FormUrlEncodedContent([new("key", ClientKey.New().Text), new("text", "Forged.")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.Bob.SendAsync(HttpMethod.Post, $"/rooms/{room}", forged)).Status);
        Assert.Equal(["By hand."], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Theory]
    [InlineData("https", "chat.example", "https://chat.example", true)]
    [InlineData("https", "chat.example", "https://CHAT.example", true)]
    [InlineData("https", "chat.example:8443", "https://chat.example:8443", true)]
    [InlineData("https", "chat.example", "http://chat.example", false)]
    [InlineData("https", "chat.example", "http://chat.example:443", false)]
    [InlineData("http", "chat.example", "http://chat.example", true)]
    [InlineData("http", "chat.example", "https://chat.example", true)]
    [InlineData("http", "[::1]:5000", "http://[::1]:5000", true)]
    [InlineData("http", "[::1]:5000", "http://[::2]:5000", false)]
    [InlineData("https", "chat.example", "https://chat.example.evil", false)]
    [InlineData("https", "chat.example", "https://evilchat.example", false)]
    public void Scheme_host_and_port_count(string scheme, string host, string origin, bool isAllowed)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.Headers.Origin) = (scheme, new HostString(host), origin);

        Assert.Equal(isAllowed, SameOrigin.Allows(request));
    }

    [Fact]
    public void Two_origins_are_none()
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.Headers.Origin) = ("https", new HostString("chat.example"), new(["https://chat.example", "https://evil.example"]));

        Assert.False(SameOrigin.Allows(request));
    }

    string OfThisSite(string origin) => origin.Replace("{host}", shared.Site.Address.Host, StringComparison.Ordinal)
        .Replace("{port}", $"{shared.Site.Address.Port}", StringComparison.Ordinal);
}
