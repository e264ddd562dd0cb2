using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Reading;

/// <summary>What is new to somebody since they were in a room, and what they make unread again.</summary>
public abstract class FreshMessagesContract(SharedSite shared)
{
    [Fact]
    public async Task A_page_says_up_to_where_its_person_had_read_and_how_much_others_have_said_since()
    {
        var room = await VisitedByBobAsync("Old.");
        await shared.Ann.SayAsync(room, "New.", "Newer.");

        var page = await shared.Bob.GetAsync($"/rooms/{room}");

        Assert.Equal(("1", "2"), Fresh(page));
        Assert.Equal("#m-2", page.Page.QuerySelector(".skip a")!.GetAttribute("href"));
        Assert.Equal((null, null), Fresh(await shared.Bob.GetAsync($"/rooms/{room}")));
        Assert.Equal((null, null), Fresh(await shared.Ann.GetAsync($"/rooms/{room}"))); // it was she who said it
    }

    [Fact]
    public async Task Nothing_is_new_to_whoever_has_never_been_there_and_nothing_that_was_deleted()
    {
        var room = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, "First.");
        Assert.Equal((null, null), Fresh(await shared.Bob.GetAsync($"/rooms/{room}")));

        await shared.Ann.SayAsync(room, "A slip.");
        await shared.Ann.SubmitAsync($"/rooms/{room}/messages/2/delete");

        Assert.Equal((null, null), Fresh(await shared.Bob.GetAsync($"/rooms/{room}")));
    }

    [Fact]
    public async Task What_began_further_up_than_the_page_reaches_is_led_to()
    {
        var room = await VisitedByBobAsync("Old.");
        await shared.Ann.SayAsync(room, Enumerable.Range(2, 45).Select(i => $"Number {i}."));

        var page = await shared.Bob.GetAsync($"/rooms/{room}");
        Assert.Equal(("1", "45"), Fresh(page));
        Assert.Equal($"/rooms/{room}?after=1", page.Page.QuerySelector(".skip a")!.GetAttribute("href"));
        Assert.Equal("Number 2.", (await shared.Bob.GetAsync($"/rooms/{room}?after=1")).Messages.First());

        await using var stream = await shared.Bob.ListenByStreamAsync(room, after: "&read=1", ("Accept", "text/html"));
        await stream.HearAsync($"<p id=\"fresh\" class=\"fresh\">New since you were here: <a href=\"/rooms/{room}?after=1\" target=\"_top\">5 more above</a></p>");
    }

    [Fact]
    public async Task A_page_without_script_has_the_line_in_its_stream_above_the_first_message_of_another()
    {
        var room = await VisitedByBobAsync("Old.");
        await shared.Bob.SayAsync(room, "Mine.");
        await shared.Ann.SayAsync(room, "New.");
        var frame = (await shared.Bob.GetAsync($"/rooms/{room}")).Page.QuerySelectorAll("noscript")[^1].InnerHtml;
        Assert.Contains($"/rooms/{room}/live?read=2#fresh", WebUtility.HtmlDecode(frame), StringComparison.Ordinal);

        await using var stream = await shared.Bob.ListenByStreamAsync(room, after: "&read=1", ("Accept", "text/html"));

        await stream.HearAsync("role=\"separator\" aria-label=\"New since you were here\">New since you were here</p>\n<article id=\"m-3\"");
    }

    [Fact]
    public async Task What_somebody_has_just_seen_on_a_page_that_they_look_at_is_not_new_when_they_load_it_again()
    {
        var room = await VisitedByBobAsync("Old.");
        await using var page = (SocketReader)await shared.Bob.ListenAsync(room, Carrier.WebSocket, await shared.Bob.PositionAsync(room));
        await page.SayAsync("""{"here":true}""");
        var elsewhere = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, "Seen at once.");
        await page.HearAsync("Seen at once.");
        await page.SayAsync("""{"key":"answered","text":""}""");
        await page.HearAsync("answered");

        Assert.Equal((null, null), Fresh(await shared.Bob.GetAsync($"/rooms/{room}")));
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{elsewhere}")).TextOf($"#mark-{room}"));
    }

    [Fact]
    public async Task A_message_is_marked_as_unread_by_its_page_and_is_new_when_the_person_comes_back()
    {
        var (room, elsewhere) = (await VisitedByBobAsync("One.", "Two.", "Three."), await shared.NewRoomAsync());

        var marked = await shared.Bob.SubmitAsync($"/rooms/{room}/messages/2/unread");
        Assert.Equal((HttpStatusCode.SeeOther, "/rooms"), (marked.Status, marked.Location));
        Assert.Equal("2 unread", (await shared.Bob.GetAsync("/rooms")).TextOf($"#mark-{room}"));
        Assert.Equal("2 unread", (await shared.Bob.GetAsync($"/rooms/{elsewhere}")).TextOf($"#mark-{room}"));

        Assert.Equal(("1", "2"), Fresh(await shared.Bob.GetAsync($"/rooms/{room}")));
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{elsewhere}")).TextOf($"#mark-{room}"));
    }

    [Fact]
    public async Task From_its_menu_it_is_marked_where_it_stands_and_an_open_page_does_not_read_it_again()
    {
        var (room, elsewhere) = (await VisitedByBobAsync("One.", "Two."), await shared.NewRoomAsync());
        var position = await shared.Bob.PositionAsync(room);
        await using var page = (SocketReader)await shared.Bob.ListenAsync(room, Carrier.WebSocket, position);
        await page.SayAsync($$"""{"here":true,"at":"{{position}}"}""");

        var menu = await shared.Bob.GetAsync($"/rooms/{room}/messages/1/unread");
        var marked = await shared.Bob.SubmitByHtmxAsync(menu, $"/rooms/{room}/messages/1/unread");
        Assert.Equal((HttpStatusCode.OK, """{"chat:kept":{"read":0}}"""), (marked.Status, marked.Header("HX-Trigger")));
        await page.SayAsync($$"""{"here":true,"at":"{{position}}"}""");
        await page.SayAsync("""{"here":false}""");
        await page.HearAsync("2<span class=\"unseen\"> unread");
        Assert.Equal("2 unread", (await shared.Bob.GetAsync($"/rooms/{elsewhere}")).TextOf($"#mark-{room}"));

        await page.SayAsync($$"""{"here":true,"back":true,"at":"{{position}}"}""");
        await page.SayAsync("""{"key":"answered","text":""}""");
        await page.HearAsync("answered");
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{elsewhere}")).TextOf($"#mark-{room}"));
    }

    [Fact]
    public async Task All_is_marked_as_read_at_once()
    {
        var (room, other) = (await VisitedByBobAsync("One."), await VisitedByBobAsync("Two."));
        foreach (var there in new[] { room, other }) await shared.Ann.SayAsync(there, "More.");
        await shared.Bob.SubmitAsync($"/rooms/{other}/messages/1/unread");
        Assert.Equal("2 unread", (await shared.Bob.GetAsync("/rooms")).TextOf($"#mark-{other}"));

        Assert.Equal((HttpStatusCode.SeeOther, "/rooms"), (await shared.Bob.SubmitAsync("/rooms")) is var answer ? (answer.Status, answer.Location) : default);

        var page = await shared.Bob.GetAsync("/rooms");
        Assert.Empty(page.Page.QuerySelectorAll(".mark b"));
        Assert.Empty(page.Page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Nothing_is_marked_where_somebody_may_not_read()
    {
        var closed = await shared.Ann.NewClosedRoomAsync($"Closed {Guid.NewGuid():N}");
        await shared.Ann.SayAsync(closed, "Secret.");

        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.PostAsync($"/rooms/{closed}/messages/1/unread")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.PostAsync($"/rooms/{closed}/messages/7/unread")).Status);
    }

    static (string? Read, string? Count) Fresh(Answer page) => (Said(page, "data-read"), Said(page, "data-fresh"));

    static string? Said(Answer page, string name) => page.Only("#live").GetAttribute(name) is { Length: > 0 } value ? value : null;

    async Task<RoomId> VisitedByBobAsync(params string[] texts)
    {
        var room = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, texts);
        await shared.Bob.GetAsync($"/rooms/{room}");
        return room;
    }
}

public sealed class SqliteFreshMessagesTests(SharedSite shared) : FreshMessagesContract(shared);

public sealed class PostgresFreshMessagesTests(PostgresSite shared) : FreshMessagesContract(shared), IClassFixture<PostgresSite>;
