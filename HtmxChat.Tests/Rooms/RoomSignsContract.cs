using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Rooms;

/// <summary>What a page says of its room above and below the messages, while it is open, on either database.</summary>
public abstract class RoomSignsContract(SharedSite shared)
{
    const string Archived = "This room is archived: it can be read, and nothing more is written in it.";
    const string Restricted = "In this room only its owner and administrators write.";

    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    public static TheoryData<Carrier> Carriers => new(Enum.GetValues<Carrier>());

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task A_new_topic_and_icon_stand_on_open_pages_as_on_fresh_ones(Carrier carrier)
    {
        var room = await shared.NewRoomAsync();
        await using var listening = await bob.ListenAsync(room, carrier, await bob.PositionAsync(room));

        await SaveAsync(room, ("About", "Beans & peas"), ("Icon", "*"));

        await listening.HearAsync("""<p class="topic" dir="auto">Beans &amp; peas</p>""");
        Assert.Contains("""<span aria-hidden="true">*</span><h1 id="room-name" dir="auto">""", listening.Heard, StringComparison.Ordinal);
        var fresh = await bob.GetAsync($"/rooms/{room}");
        Assert.Equal(("*", "Beans & peas"), (fresh.TextOf("#heading > span"), fresh.TextOf(".bar .topic")));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Who_writes_stands_on_open_pages_whenever_it_changes(Carrier carrier)
    {
        var room = await shared.NewRoomAsync();
        await using var listening = await bob.ListenAsync(room, carrier, await bob.PositionAsync(room));
        Assert.Equal(("", "hint everybody"), await WritersAsync(room));

        await SaveAsync(room, ("Posting", nameof(PostingRule.Administrators)));
        await listening.HearAsync(Restricted);
        Assert.Equal((Restricted, "hint managers"), await WritersAsync(room));

        await ArchiveAsync(room);
        await listening.HearAsync(Archived);
        Assert.Equal((Archived, "hint nobody"), await WritersAsync(room));

        await SaveAsync(room, ("Posting", nameof(PostingRule.Everybody)));
        await ArchiveAsync(room);
        await listening.HearAsync("hint everybody");
        Assert.Equal(("", "hint everybody"), await WritersAsync(room));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(RoomLog.MaxLag)]
    public async Task A_page_that_was_away_says_it_when_it_is_back(int messagesMeanwhile)
    {
        var room = await shared.NewRoomAsync();
        var before = await bob.PositionAsync(room);

        await SaveAsync(room, ("About", "While you were away"));
        await ann.SayAsync(room, Enumerable.Range(0, messagesMeanwhile).Select(i => $"{i}"));
        await ArchiveAsync(room);

        await using var listening = await bob.ListenAsync(room, Carrier.WebSocket, before);
        await listening.HearAsync("While you were away");
        await listening.HearAsync(Archived);
    }

    [Fact]
    public async Task Saving_what_is_so_already_tells_nobody_anything()
    {
        var room = await shared.NewRoomAsync();
        await SaveAsync(room, ("About", "Beans"));
        var before = await bob.PositionAsync(room);

        await SaveAsync(room, ("About", " Beans "));

        Assert.Equal(before, await bob.PositionAsync(room));
    }

    [Theory]
    [InlineData(true, Archived)]
    [InlineData(false, Restricted)]
    public async Task Who_was_writing_meanwhile_is_told_why_it_is_not_taken_and_keeps_the_text(bool isArchived, string why)
    {
        var room = await shared.NewRoomAsync();
        var (page, frame) = (await bob.GetAsync($"/rooms/{room}"), await bob.GetAsync($"/rooms/{room}/composer"));
        await using var socket = (SocketReader)await bob.ListenAsync(room, Carrier.WebSocket, await bob.PositionAsync(room));
        if (isArchived) await ArchiveAsync(room);
        else await SaveAsync(room, ("Posting", nameof(PostingRule.Administrators)));

        foreach (var (form, at) in new[] { (page, $"/rooms/{room}"), (frame, $"/rooms/{room}/composer") })
        {
            var answer = await bob.SubmitAsync(form, at, ("key", ClientKey.New().Text), ("text", "Half a tho"));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, why), (answer.Status, answer.TextOf("#problem")));
            Assert.Equal("Half a tho", answer.Field("text"));
        }
        var byHtmx = await bob.SubmitByHtmxAsync(page, $"/rooms/{room}", ("key", ClientKey.New().Text), ("text", "Half a tho"));
        Assert.Contains($"\"why\":\"{why}\"", byHtmx.Header("HX-Trigger"), StringComparison.Ordinal);
        await socket.SayAsync("""{"key":"0123456789abcdef","text":"Half a tho"}""");
        await socket.HearAsync($$"""{"refused":"0123456789abcdef","why":"{{why}}"}""");
        Assert.Empty((await ann.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task A_closed_rooms_new_name_and_topic_reach_the_lists_of_rooms_on_its_members_open_pages()
    {
        var here = await shared.NewRoomAsync();
        var closed = await ann.NewClosedRoomAsync($"Closed beside {here}");
        await ann.AddAsync(closed, "2");
        await using var page = await bob.LoadAndListenAsync(here, Carrier.WebSocket);

        await SaveAsync(closed, ("Name", $"Renamed beside {here}"), ("About", "Behind doors"));

        await page.HearAsync($"Renamed beside {here}");
        await page.HearAsync("title=\"Behind doors\"");
    }

    async Task<(string Text, string? Kind)> WritersAsync(RoomId room) =>
        (await bob.GetAsync($"/rooms/{room}")).Only("#writers") is var said ? (said.TextContent, said.GetAttribute("class")) : default;

    async Task SaveAsync(RoomId room, params (string Name, string Value)[] fields) => (await ann.SubmitAsync($"/rooms/{room}/settings", fields)).HasStatus(HttpStatusCode.Redirect);

    async Task ArchiveAsync(RoomId room) => (await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}/settings"), $"/rooms/{room}/settings?handler=Archive")).HasStatus(HttpStatusCode.Redirect);
}

public sealed class SqliteRoomSignsTests(SharedSite shared) : RoomSignsContract(shared);

public sealed class PostgresRoomSignsTests(PostgresSite shared) : RoomSignsContract(shared), IClassFixture<PostgresSite>;
