using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Messages;

public sealed class LiveEndpointTests(SharedSite shared)
{
    [Fact]
    public async Task The_sites_own_page_is_given_a_WebSocket()
    {
        await using var bob = await shared.Bob.ListenByWebSocketAsync(new RoomId(1), after: null, shared.Bob.OwnOrigin);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, bob.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:1")]
    [InlineData("file://localhost")]
    public async Task A_page_of_another_site_is_refused_a_WebSocket_although_its_browser_sends_the_cookie(string? origin)
    {
        await using var bob = await shared.Bob.ListenByWebSocketAsync(new RoomId(1), after: null, origin);

        Assert.Equal(HttpStatusCode.Forbidden, bob.Status);
    }

    [Fact]
    public async Task The_port_of_the_origin_counts()
    {
        var neighbour = new UriBuilder(shared.Site.Address) { Port = shared.Site.Address.Port + 1 }.Uri.GetLeftPart(UriPartial.Authority);

        await using var bob = await shared.Bob.ListenByWebSocketAsync(new RoomId(1), after: null, neighbour);

        Assert.Equal(HttpStatusCode.Forbidden, bob.Status);
    }

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    [InlineData(Carrier.Html)]
    public async Task A_session_that_another_node_has_just_ended_opens_no_connection_though_it_is_still_remembered_here(Carrier carrier)
    {
        await using var other = await shared.Site.StartOtherNodeAsync();
        using var bob = await shared.Site.SignInAsync("Bob");
        await using (var before = await bob.ListenAsync(new RoomId(1), carrier)) Assert.NotEqual(HttpStatusCode.Unauthorized, before.Status);

        using var elsewhere = bob.Copy().At(other.Address);
        await elsewhere.SignOutAsync();

        await using var after = await bob.ListenAsync(new RoomId(1), carrier);
        Assert.Equal(HttpStatusCode.Unauthorized, after.Status);
    }

    [Fact]
    public async Task A_room_that_does_not_exist_looks_like_any_address_that_does_not_exist()
    {
        var nowhere = await shared.Bob.GetAsync("/nowhere");

        foreach (var path in new[] { "/rooms/999999/live", "/rooms/999999", "/rooms/999999/older?before=5", "/rooms/999999/composer" })
        {
            var missing = await shared.Bob.GetAsync(path);
            Assert.Equal((HttpStatusCode.NotFound, nowhere.Text), (missing.Status, missing.Text));
        }
    }

    [Fact]
    public async Task A_page_that_was_open_for_long_can_come_back()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var site = await ChatSite.StartEmptyAsync(services => services.AddSingleton<TimeProvider>(time));
        var ann = await site.SetUpByAnnAsync();
        var room = await ann.NewRoomAsync("Evening");

        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            // Longer than the interval after which a session is checked against the person's account.
            time.Advance(TimeSpan.FromMinutes(6));

            await using var back = await ann.ListenAsync(room, carrier);

            Assert.Equal(carrier == Carrier.WebSocket ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.OK, back.Status);
        }
    }
}
