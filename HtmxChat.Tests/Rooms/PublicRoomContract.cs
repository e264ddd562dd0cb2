using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Rooms;

/// <summary>Rooms that the world may read: who makes them so, from when on, and how that is taken back. On a site that allows it.</summary>
public abstract class PublicRoomContract(SharedSite shared) : IAsyncLifetime
{
    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    public async ValueTask InitializeAsync() => await ann.SetPublicRoomsAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_world_reads_what_is_written_from_then_on()
    {
        var room = await shared.NewRoomAsync();
        await bob.SayAsync(room, "Before.", "Before that, too.");
        await IsNotForTheWorldAsync(room);

        await ann.PublishAsync(room);

        Assert.Empty((await WorldAsync($"/rooms/{room}")).HasStatus(HttpStatusCode.OK).Messages);
        await bob.SayAsync(room, "After.");
        foreach (var query in new[] { "", "?before=99", "?after=0", "/messages/3" }) Assert.Equal(["After."], (await WorldAsync($"/rooms/{room}{query}")).Messages);
        foreach (var hidden in new[] { "/messages/1", "/messages/2", "?before=3", "?before=-1", "?after=3" }) Assert.Equal(HttpStatusCode.NotFound, (await WorldAsync($"/rooms/{room}{hidden}")).Status);
        Assert.Equal(["Before.", "Before that, too.", "After."], (await bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Or_what_was_said_before_as_well_where_that_was_chosen()
    {
        var room = await shared.NewRoomAsync();
        await bob.SayAsync(room, "Before.");

        await ann.PublishAsync(room, WorldReads.Everything);

        Assert.Equal(["Before."], (await WorldAsync($"/rooms/{room}")).Messages);
        Assert.Equal(["Before."], (await WorldAsync($"/rooms/{room}/messages/1")).Messages);
    }

    [Fact]
    public async Task Only_administrators_make_a_room_public_after_they_have_said_that_they_are_sure()
    {
        var room = await bob.NewRoomAsync($"Bob's {Guid.NewGuid():N}");
        var page = await ann.GetAsync($"/rooms/{room}/public");

        var refused = await ann.SubmitAsync(page, $"/rooms/{room}/public", ("Reads", "Everything"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Please tick this first."), (refused.Status, refused.TextOf("#sure-problem")));
        Assert.True(refused.Only("[value=Everything]").HasAttribute("checked"));
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}/public")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.SubmitAsync(await bob.GetAsync("/rooms/new"), $"/rooms/{room}/public", ("Reads", "FromNowOn"), ("IsSure", "true"))).Status);
        Assert.Empty((await bob.GetAsync($"/rooms/{room}/settings")).Page.QuerySelectorAll($"[href='/rooms/{room}/public']"));
        await IsNotForTheWorldAsync(room);

        Assert.Single((await ann.GetAsync($"/rooms/{room}/settings")).Page.QuerySelectorAll($"[href='/rooms/{room}/public']"));
        await ann.PublishAsync(room);
        Assert.Equal(HttpStatusCode.OK, (await WorldAsync($"/rooms/{room}")).Status);
    }

    [Fact]
    public async Task Its_owner_may_take_it_back_and_closing_it_does_and_both_are_kept_in_the_audit()
    {
        var (name, first) = ($"Bob's {Guid.NewGuid():N}", await shared.NewRoomAsync());
        var room = await bob.NewRoomAsync(name);
        foreach (var published in new[] { room, first }) await ann.PublishAsync(published);

        Assert.Equal(HttpStatusCode.SeeOther, (await bob.SubmitAsync(await bob.GetAsync($"/rooms/{room}/public"), $"/rooms/{room}/public?handler=TakeBack")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await ann.SubmitAsync($"/rooms/{first}/settings", ("Kind", "Closed"))).Status);

        foreach (var taken in new[] { room, first }) await IsNotForTheWorldAsync(taken);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync($"/rooms/{room}")).Status);
        await ann.SubmitAsync($"/rooms/{first}/settings", ("Kind", "Open"));
        await IsNotForTheWorldAsync(first);
        var audit = (await ann.GetAsync("/admin/audit")).Page.QuerySelectorAll(".rows li").Select(li => li.TextContent).ToList();
        Assert.Contains(audit, entry => entry.Contains($"Ann let the world read the room: {name}", StringComparison.Ordinal));
        Assert.Contains(audit, entry => entry.Contains($"Bob took the room from the world: {name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closed_room_is_never_public_whatever_its_row_says()
    {
        var closed = new RoomId(long.Parse((await ann.SubmitAsync("/rooms/new", ("Name", "Closed"), ("Closed", "true"))).Location!.Split('/')[2]));

        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync($"/rooms/{closed}/public")).Status);
        await shared.Site.ExecuteAsync($"update rooms set world_from_seq = 0 where id = {closed}");

        await IsNotForTheWorldAsync(closed);
    }

    [Fact]
    public async Task With_the_setting_off_the_world_reads_nothing_on_any_node_from_that_moment()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync("/rooms/1/public")).Status);
        await ann.SetPublicRoomsAsync();
        await ann.PublishAsync(new(1), WorldReads.Everything);
        await ann.SayAsync(new(1), "For all.");
        await using var other = await site.StartOtherNodeAsync();
        Assert.Equal(["For all."], (await other.NewBrowser().GetAsync("/rooms/1")).Messages);

        await ann.SetPublicRoomsAsync("false");

        foreach (var node in new[] { other, site })
        {
            foreach (var path in new[] { "/rooms/1", "/rooms/1/messages/1" }) Assert.Equal(HttpStatusCode.Redirect, (await node.NewBrowser().GetAsync(path)).Status);
            foreach (var path in new[] { "/public", "/sitemap.xml" }) Assert.Equal(HttpStatusCode.NotFound, (await node.NewBrowser().GetAsync(path)).Status);
        }
        Assert.Equal(["For all."], (await ann.GetAsync("/rooms/1")).Messages);

        // What is said meanwhile is not for the world when the setting is on once more.
        await ann.SetPublicRoomsAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await site.NewBrowser().GetAsync("/rooms/1")).Status);
        Assert.Empty((await ann.GetAsync("/rooms/1")).TextOf("#world-mark"));
    }

    [Fact]
    public async Task The_setting_goes_before_what_a_row_says()
    {
        var room = await shared.NewRoomAsync();
        await ann.PublishAsync(room);
        await ann.SetPublicRoomsAsync("false");
        await shared.Site.ExecuteAsync($"update rooms set world_from_seq = 0 where id = {room}");

        await IsNotForTheWorldAsync(room);
    }

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task People_in_the_room_are_told_on_its_pages_and_while_they_are_open(Carrier carrier)
    {
        var (room, elsewhere) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        var before = await bob.GetAsync($"/rooms/{room}");
        Assert.Equal(("", ""), (before.TextOf("#world-mark"), before.TextOf("#world-note")));
        await using var page = await bob.ListenAsync(room, carrier, await bob.PositionAsync(room));
        await page.HearAsync("shown");

        await ann.PublishAsync(room);

        await page.HearAsync($">{WorldMark.Words}</p>");
        await page.HearAsync("<small> public</small>");
        var after = await bob.GetAsync($"/rooms/{room}");
        Assert.Equal(("public", WorldMark.Words), (after.TextOf("#world-mark"), after.TextOf("#world-note")));
        Assert.Equal(WorldMark.Words, (await bob.GetAsync($"/rooms/{room}/composer")).TextOf("#world-note"));
        Assert.Contains(WorldMark.Words, (await bob.GetAsync($"/rooms/{room}/about")).Text, StringComparison.Ordinal);
        Assert.Equal("public", (await bob.GetAsync($"/rooms/{elsewhere}")).TextOf($"#rooms [href='/rooms/{room}'] small"));
        Assert.Empty((await bob.GetAsync($"/rooms/{elsewhere}")).TextOf("#world-note"));
    }

    [Fact]
    public async Task Whoever_has_joined_uses_it_as_any_open_room()
    {
        var room = await shared.NewRoomAsync();
        await ann.PublishAsync(room);

        await bob.SayAsync(room, "Hello, world.");
        await using var listening = await bob.ListenAsync(room, Carrier.WebSocket);
        await listening.HearAsync("Hello, world.");

        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync($"/rooms/{room}/members")).Status);
        var name = (await ann.GetAsync($"/rooms/{room}")).TextOf("#room-name");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await bob.SubmitAsync("/rooms/new", ("Name", name))).Status);
        await ann.SubmitAsync($"/rooms/{room}/settings", ("About", "Still public."));
        Assert.Equal(["Hello, world."], (await WorldAsync($"/rooms/{room}")).Messages);
        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}/settings"), $"/rooms/{room}/settings?handler=Archive");
        Assert.Equal(["Hello, world."], (await WorldAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Of_a_public_room_the_world_gets_nothing_but_what_was_said_in_it()
    {
        var room = await shared.NewRoomAsync();
        await ann.PublishAsync(room);
        await bob.SayAsync(room, "Only this.");
        using var stranger = shared.Site.NewBrowser();

        foreach (var path in new[] { "/older?before=99", "/composer", "/about", "/members", "/settings", "/public", "/messages/1/report", "/messages/1/removal" })
            Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync($"/rooms/{room}{path}")).Status);
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            await using var listening = await stranger.ListenAsync(room, carrier);
            Assert.Equal(HttpStatusCode.Unauthorized, listening.Status);
        }
        foreach (var path in new[] { "", "/messages/1", "/composer" })
        {
            using var form = new FormUrlEncodedContent([new("key", "0123456789abcdef"), new("text", "From nobody.")]);
            Assert.Equal(HttpStatusCode.Redirect, (await stranger.SendAsync(HttpMethod.Post, $"/rooms/{room}{path}", form)).Status);
        }
        Assert.Equal(["Only this."], (await WorldAsync($"/rooms/{room}")).Messages);
    }

    // The same as for a room that there is not.
    async Task IsNotForTheWorldAsync(RoomId room)
    {
        foreach (var path in new[] { "", "?before=9", "?after=0", "/messages/1" })
        {
            var (answer, nowhere) = (await WorldAsync($"/rooms/{room}{path}"), await WorldAsync($"/rooms/999999{path}"));
            Assert.Equal((HttpStatusCode.Redirect, "", nowhere.Location!.Replace("999999", $"{room}", StringComparison.Ordinal)), (answer.Status, answer.Text, answer.Location));
        }
        Assert.DoesNotContain($"/rooms/{room}<", (await WorldAsync("/sitemap.xml")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/rooms/{room}$", (await WorldAsync("/robots.txt")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/rooms/{room}\"", (await WorldAsync("/public")).Text, StringComparison.Ordinal);
    }

    async Task<Answer> WorldAsync(string path) => await shared.Site.NewBrowser().GetAsync(path);
}

public sealed class SqlitePublicRoomTests(OwnSite shared) : PublicRoomContract(shared), IClassFixture<OwnSite>;

public sealed class PostgresPublicRoomTests(PostgresSite shared) : PublicRoomContract(shared), IClassFixture<PostgresSite>;
