using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Rooms;

/// <summary>Where there are more people than a page lists, on either database: everybody can be found, chosen, added and removed.</summary>
public abstract class ManyPeopleContract(CrowdedSite crowd)
{
    static int rooms;

    readonly Browser ann = crowd.Ann;

    [Theory]
    [InlineData("zoë", "Zoë Ölander")]
    [InlineData("ZOË öl", "Zoë Ölander")]
    [InlineData("ölander", "Zoë Ölander")]
    [InlineData("ÖLAND", "Zoë Ölander")]
    [InlineData("@zoë.öl", "Zoë Ölander")]
    [InlineData("élodie", "Élodie-Marie Zwart")]
    [InlineData("marie", "Élodie-Marie Zwart")]
    [InlineData("élodie-m", "Élodie-Marie Zwart")]
    [InlineData("many 1200", "Many 1200")]
    [InlineData("many.1200", "Many 1200")]
    [InlineData("100%", "Wool 100%")]
    [InlineData("zz_t", "Zz_Top")]
    [InlineData("zz%")]
    [InlineData("z__top")]
    [InlineData("%")]
    [InlineData("any 1200")]
    [InlineData("'; drop table people; --")]
    public async Task People_are_found_by_the_beginning_of_a_word_of_their_name_or_handle(string typed, params string[] expected)
    {
        var page = await ann.GetAsync($"/direct/new?find={Uri.EscapeDataString(typed)}");

        Assert.Equal(expected, Listed(page));
        Assert.Equal(typed, page.Field("find"));
        Assert.Equal(expected.Length == 0 ? "Nobody is called that." : null, page.Page.QuerySelector("form > .hint")?.TextContent);
    }

    [Fact]
    public async Task A_search_of_any_length_is_answered()
    {
        var page = await ann.SubmitAsync("/direct/new", ("find", new string('%', 60_000)), ("search", "yes"));

        Assert.Equal((HttpStatusCode.OK, "Nobody is called that."), (page.Status, page.TextOf("form > .hint")));
    }

    [Fact]
    public async Task Whoever_was_chosen_stays_chosen_while_one_looks_for_others()
    {
        var (first, last) = (await crowd.IdOfAsync("Many 1"), await crowd.IdOfAsync("Zoë Ölander"));
        var page = await ann.GetAsync("/direct/new");
        Assert.Equal(Members.MaxListed, Listed(page).Count());
        Assert.DoesNotContain("Zoë Ölander", Listed(page));
        Assert.Equal($"The first 500 of {FoundPeople.Number(await PeopleAsync())} are listed; find the others by name.", page.TextOf("form > .hint"));

        page = await ann.SubmitAsync(page, "/direct/new", ("With", first), ("find", "zoë"), ("search", "yes"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["Many 1", "Zoë Ölander"], Listed(page));
        Assert.Equal(["Many 1"], Checked(page));
        page = await ann.SubmitAsync(page, "/direct/new", ("With", first), ("With", last), ("find", "nobody"), ("search", "yes"));
        Assert.Equal("Nobody else is called that.", page.TextOf("form > .hint"));
        Assert.Equal(["Many 1", "Zoë Ölander"], Checked(page));

        var room = (await ann.SubmitAsync(page, "/direct/new")).Room;
        Assert.Equal("Many 1, Zoë Ölander", (await ann.GetAsync($"/rooms/{room}")).TextOf("#room-name"));
    }

    [Fact]
    public async Task More_than_may_talk_directly_are_refused_and_stay_chosen()
    {
        var page = await ann.GetAsync("/direct/new?find=many");
        var boxes = page.Page.QuerySelectorAll(".people input").Take(DirectRooms.MaxPeople).Select(i => ("With", i.GetAttribute("value")!)).ToArray();

        var answer = await ann.SubmitAsync(page, "/direct/new", boxes);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, DirectRooms.MaxPeople, "many"), (answer.Status, Checked(answer).Count(), answer.Field("find")));
    }

    [Fact]
    public async Task Anybody_is_added_to_a_closed_room_and_removed_from_it_however_many_there_are()
    {
        var (room, last) = (await NewRoomAsync(), await crowd.IdOfAsync("Zoë Ölander"));
        var about = await ann.SubmitAsync(await AboutAsync(room), $"/rooms/{room}/about?handler=Add", ("add", "zoë"), ("search", "yes"));
        Assert.Equal(HttpStatusCode.OK, about.Status);
        Assert.Equal(["Zoë Ölander"], Listed(about));
        Assert.Equal("1", about.TextOf("#members small"));

        Assert.Equal($"/rooms/{room}/about?saved", (await ann.SubmitAsync(about, $"/rooms/{room}/about", ("IsFavourite", "true"))).Location);
        await ann.SubmitAsync(about, $"/rooms/{room}/about?handler=Add", ("Person", last));
        Assert.Equal("2", (await AboutAsync(room)).TextOf("#members small"));
        Assert.Empty(Listed(await AboutAsync(room, "?add=zoë")));

        await AddEverybodyAsync(room);
        var full = await AboutAsync(room);
        Assert.Equal(FoundPeople.Number(await PeopleAsync()), full.TextOf("#members small"));
        Assert.Equal((Members.MaxListed, "Ann"), (full.Page.QuerySelectorAll(".list li").Length, full.Page.QuerySelector(".list a")!.TextContent));
        Assert.Empty(full.Page.QuerySelectorAll(".people"));
        Assert.DoesNotContain("Zoë Ölander", full.Text, StringComparison.Ordinal);

        var found = await AboutAsync(room, "?find=zo%C3%AB");
        Assert.Equal("Zoë Ölander", found.TextOf(".list a"));
        var removed = await ann.SubmitAsync(found, found.Only(".list form").GetAttribute("action")!, ("Person", last));
        Assert.Equal($"/rooms/{room}/about?find=zo%C3%AB", removed.Location);
        Assert.Empty((await ann.GetAsync(removed.Location!)).Page.QuerySelectorAll(".list li"));
    }

    [Fact]
    public async Task As_many_as_are_listed_are_chosen_at_a_time_and_none_of_them_is_lost()
    {
        var room = await NewRoomAsync();
        var about = await AboutAsync(room, "?add=many");
        var boxes = about.Page.QuerySelectorAll(".people input").Select(i => ("Person", i.GetAttribute("value")!)).ToArray();

        var all = await ann.SubmitAsync(about, $"/rooms/{room}/about?handler=Add", [.. boxes, ("add", "zoë"), ("search", "yes")]);
        Assert.Equal((HttpStatusCode.OK, Members.MaxListed), (all.Status, Checked(all).Count()));
        Assert.Equal(Members.MaxListed, Listed(all).Count());
        Assert.Equal("You have chosen 500: as many as go at a time.", all.TextOf("form > .hint"));
        await ann.SubmitAsync(all, $"/rooms/{room}/about?handler=Add");

        Assert.Equal("501", (await AboutAsync(room)).TextOf("#members small"));
    }

    [Fact]
    public async Task Of_a_crowd_those_who_are_here_are_listed_and_all_are_counted()
    {
        var zed = await crowd.Site.JoinAsync(ann, $"Zzed {Interlocked.Increment(ref rooms)}");
        await using var page = await zed.LoadAndListenAsync(new RoomId(1), Carrier.WebSocket);
        var name = (await zed.GetAsync("/rooms/1")).TextOf(".me a span[dir]");
        var (members, limit) = (await ann.GetAsync("/rooms/1/members"), DateTime.UtcNow + Waiting.Longest);
        while (!Named(members).Contains(name) && DateTime.UtcNow < limit) members = await ann.GetAsync("/rooms/1/members");
        var people = await PeopleAsync();

        Assert.Equal((name, Members.MaxListed), (Named(members).First(), Named(members).Count()));
        Assert.Equal(people, members.Page.QuerySelectorAll(".members h2 small").Sum(s => long.Parse(s.TextContent.Replace(",", ""))));
        Assert.Equal($"{FoundPeople.Number(people)} members", members.TextOf("#members"));
        var panel = await ann.GetAsync("/rooms/1/members", ("HX-Request", "true"));
        Assert.Equal("/rooms/1/members", panel.Only(".hint a").GetAttribute("href"));
        var found = await ann.GetAsync("/rooms/1/members?find=zo%C3%AB", ("HX-Request", "true"));
        Assert.Equal(["Zoë Ölander"], Named(found));
        Assert.Equal("/rooms/1/members?find=zo%C3%AB", found.Only("[hx-get]").GetAttribute("hx-get"));
    }

    static IEnumerable<string> Listed(Answer page) => page.Page.QuerySelectorAll(".people label span").Select(s => s.TextContent);

    static IEnumerable<string> Checked(Answer page) => page.Page.QuerySelectorAll(".people label:has(:checked) span").Select(s => s.TextContent);

    static IEnumerable<string> Named(Answer members) => members.Page.QuerySelectorAll("li .name").Where(n => n.GetAttribute("href")!.StartsWith("/people/", StringComparison.Ordinal)).Select(n => n.TextContent);

    Task<RoomId> NewRoomAsync() => ann.NewClosedRoomAsync($"Closed {Interlocked.Increment(ref rooms)}");

    Task<Answer> AboutAsync(RoomId room, string query = "") => ann.GetAsync($"/rooms/{room}/about{query}");

    async Task<long> PeopleAsync() => Assert.Single(await crowd.Site.CountAsync("people"));

    Task AddEverybodyAsync(RoomId room) => crowd.Site.ExecuteAsync(
        $"insert into memberships (room_id, person_id, involvement, is_favourite, from_seq, added_at_ms) select {room}, id, {Involvement.Everything:D}, 1 = 0, 0, 0 from people where true on conflict do nothing");
}

public sealed class SqliteManyPeopleTests(SqliteCrowdedSite crowd) : ManyPeopleContract(crowd), IClassFixture<SqliteCrowdedSite>;

public sealed class PostgresManyPeopleTests(PostgresCrowdedSite crowd) : ManyPeopleContract(crowd), IClassFixture<PostgresCrowdedSite>;
