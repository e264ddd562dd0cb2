using System.Net;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Admin;

/// <summary>What administrators see of rooms, and do to those that they may not read, on either database.</summary>
public abstract class RoomsContract(SharedSite shared)
{
    static int rooms;

    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    [Fact]
    public async Task All_rooms_but_direct_ones_are_listed_without_what_is_said_in_them()
    {
        var (name, room) = await NewClosedRoomAsync();
        await bob.SayAsync(room, "Between us.");
        var direct = (await bob.SubmitAsync("/direct/new", ("With", "1"))).Location!;

        var pages = await PagesAsync();

        var text = string.Concat(pages.Select(p => p.Page.QuerySelector("main")!.TextContent));
        Assert.Contains("Lobby", text, StringComparison.Ordinal);
        var line = pages.SelectMany(p => p.Page.QuerySelectorAll(".rows li")).Single(li => li.TextContent.Contains(name, StringComparison.Ordinal)).TextContent;
        Assert.Contains("closed, 1 member, last message", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Between us.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(pages.SelectMany(p => p.Page.QuerySelectorAll(".rows a")), a => a.GetAttribute("href") == $"{direct}/settings");
    }

    [Fact]
    public async Task The_list_goes_by_name_from_page_to_page_with_closed_rooms_among_the_others()
    {
        var closed = new List<string>();
        while (closed.Count <= RoomOverview.PageSize) closed.Add((await NewClosedRoomAsync()).Name);
        var open = $"backroom for all {Interlocked.Increment(ref rooms)}";
        await ann.NewRoomAsync(open);

        var listed = (await PagesAsync()).SelectMany(p => p.Page.QuerySelectorAll(".rows a")).Select(a => a.TextContent).ToList();

        Assert.Equal(["Lobby", open, .. closed.Order()], [.. listed.Where(n => n == "Lobby").Order(), .. listed.Where(n => n == open), .. listed.Where(closed.Contains).Order()]);
        Assert.True(listed.IndexOf(closed[0]) < listed.IndexOf(open) && listed.IndexOf(open) < listed.IndexOf("Lobby"));
    }

    [Fact]
    public async Task Administrators_look_after_a_closed_room_without_reading_it()
    {
        var (name, room) = await NewClosedRoomAsync();
        await bob.SayAsync(room, "Between us.");

        var settings = await ann.GetAsync($"/rooms/{room}/settings");
        Assert.Equal((HttpStatusCode.OK, name), (settings.Status, settings.Field("Name")));
        foreach (var path in new[] { "", "/about", "/older?before=9", "/composer", "/messages/1/report" }) Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync($"/rooms/{room}{path}")).Status);

        var opened = await ann.SubmitAsync(settings, $"/rooms/{room}/settings", ("Kind", "Open"), ("Posting", "Everybody"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Only its members can open a closed room to everybody."), (opened.Status, opened.TextOf("#kind-problem")));
        Assert.Equal("/admin/rooms", (await ann.SubmitAsync(settings, $"/rooms/{room}/settings", ("About", "Changed by Ann"), ("Kind", "Closed"), ("Posting", "Everybody"))).Location);
        Assert.Equal("Changed by Ann", (await bob.GetAsync($"/rooms/{room}")).TextOf(".topic"));
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync($"/rooms/{room}")).Status);

        Assert.Equal("/admin/rooms", (await ann.SubmitAsync(settings, $"/rooms/{room}/settings?handler=Delete", ("Confirmation", name))).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}")).Status);
    }

    [Fact]
    public async Task Nobody_looks_after_a_direct_room()
    {
        var direct = (await bob.SubmitAsync("/direct/new", ("With", "1"))).Location!;
        var carol = await shared.Site.JoinAsync(ann, $"Carol in between {Interlocked.Increment(ref rooms)}");
        var others = (await bob.SubmitAsync("/direct/new", ("With", await carol.NumberAsync()))).Location!;

        foreach (var room in new[] { direct, others }) Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync($"{room}/settings")).Status);
    }

    async Task<List<Answer>> PagesAsync()
    {
        var pages = new List<Answer> { await ann.GetAsync("/admin/rooms") };
        while (pages[^1].Page.QuerySelector("a[href^='/admin/rooms?after=']") is { } more) pages.Add(await ann.GetAsync(more.GetAttribute("href")!));
        return pages;
    }

    async Task<(string Name, RoomId Room)> NewClosedRoomAsync()
    {
        var name = $"Backroom {Interlocked.Increment(ref rooms)}";
        return (name, await bob.NewClosedRoomAsync(name));
    }
}

public sealed class SqliteAdminRoomsTests(SharedSite shared) : RoomsContract(shared);

public sealed class PostgresAdminRoomsTests(PostgresSite shared) : RoomsContract(shared), IClassFixture<PostgresSite>;
