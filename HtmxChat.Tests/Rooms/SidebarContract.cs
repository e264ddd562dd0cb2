using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Rooms;

/// <summary>What stands beside the rooms of somebody's list, on the page and live.</summary>
public abstract class SidebarContract(SharedSite shared)
{
    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    public static TheoryData<Carrier> CarriersWithScript => [Carrier.WebSocket, Carrier.ServerSentEvents];

    [Fact]
    public async Task What_others_say_is_counted_until_it_is_read()
    {
        var (here, there) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await bob.GetAsync($"/rooms/{there}");

        await ann.SayAsync(there, "One.", "Two.", "Three.");

        Assert.Equal("3 unread", await MarkAsync(bob, there, on: here));
        Assert.Equal("", await MarkAsync(ann, there, on: here));
        await bob.GetAsync($"/rooms/{there}");
        Assert.Equal("", await MarkAsync(bob, there, on: here));
    }

    [Theory]
    [MemberData(nameof(CarriersWithScript))]
    public async Task An_open_page_is_told_what_is_said_elsewhere_and_when_it_is_read_on_another_device(Carrier carrier)
    {
        var (here, there) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await bob.GetAsync($"/rooms/{there}");
        await using var page = await bob.LoadAndListenAsync(here, carrier);

        await ann.SayAsync(there, "One.", "Two.");
        await page.HearAsync(Mark(there, "<b>2<span class=\"unseen\"> unread</span></b>"));

        await bob.GetAsync($"/rooms/{there}");
        await page.HearAsync(Mark(there, ""));
    }

    [Fact]
    public async Task A_page_that_was_made_a_while_ago_is_given_the_list_as_it_is_now()
    {
        var (here, there) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await bob.GetAsync($"/rooms/{there}");
        var loaded = await bob.GetAsync($"/rooms/{here}");
        await ann.SayAsync(there, "Meanwhile.");

        await using var page = await bob.ListenAsync(here, Carrier.WebSocket, loaded);

        await page.HearAsync("hx-target=\"#room-list\"");
        Assert.Contains(Mark(there, "<b>1<span class=\"unseen\"> unread</span></b>"), page.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_that_is_made_or_opened_to_somebody_appears_on_their_open_pages_and_one_that_is_taken_away_goes()
    {
        var here = await shared.NewRoomAsync();
        await using var page = await bob.LoadAndListenAsync(here, Carrier.WebSocket);

        var made = await shared.NewRoomAsync();
        await page.HearAsync($"href=\"/rooms/{made}\"");

        var closed = await ann.NewClosedRoomAsync($"Closed beside {here}");
        await ann.AddAsync(closed, "2");
        await page.HearAsync($"href=\"/rooms/{closed}\"");

        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Remove", ("Person", "2"));
        await page.HearWithoutAsync($"href=\"/rooms/{closed}\"", with: $"href=\"/rooms/{made}\"");
    }

    [Fact]
    public async Task A_mention_has_another_mark_and_counts_where_only_mentions_are_wanted()
    {
        var (here, there) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await bob.SubmitAsync(await bob.GetAsync($"/rooms/{there}/about"), $"/rooms/{there}/about", ("Involvement", "Mentions"));
        await bob.GetAsync($"/rooms/{there}");
        await using var page = await bob.LoadAndListenAsync(here, Carrier.WebSocket);

        await ann.SayAsync(there, "To nobody, and to bob@example.org.");
        Assert.Equal("", await MarkAsync(bob, there, on: here));
        await ann.SayAsync(there, "This is for @Bob.");

        Assert.Equal("@2 unread, you are mentioned", await MarkAsync(bob, there, on: here));
        await page.HearAsync(Mark(there, "<b class=\"at\">@2<span class=\"unseen\"> unread, you are mentioned</span></b>"));
        await bob.GetAsync($"/rooms/{there}");
        Assert.Equal("", await MarkAsync(bob, there, on: here));
    }

    [Fact]
    public async Task Nobody_is_told_of_a_room_where_they_want_nothing_and_a_hidden_one_is_not_listed()
    {
        var (here, quiet, hidden) = (await shared.NewRoomAsync(), await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await bob.SubmitAsync(await bob.GetAsync($"/rooms/{quiet}/about"), $"/rooms/{quiet}/about", ("Involvement", "Nothing"));
        await bob.SubmitAsync(await bob.GetAsync($"/rooms/{hidden}/about"), $"/rooms/{hidden}/about", ("Involvement", "Hidden"));

        foreach (var room in new[] { quiet, hidden }) await ann.SayAsync(room, "For @bob.");

        var page = await bob.GetAsync($"/rooms/{here}");
        Assert.Equal("", page.Only($"#mark-{quiet}").TextContent);
        Assert.Null(page.Page.QuerySelector($"#mark-{hidden}"));
    }

    [Theory]
    [MemberData(nameof(CarriersWithScript))]
    public async Task Where_somebody_looks_at_a_page_everything_that_comes_is_read_and_where_nobody_does_it_is_not(Carrier carrier)
    {
        var (here, there) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await using var watched = await bob.LoadAndListenAsync(there, carrier);
        await using var other = await bob.LoadAndListenAsync(here, Carrier.WebSocket);
        await SayIsHereAsync(watched, there, carrier, isHere: true);
        await ann.SayAsync(there, "Bob sees this.");
        await watched.HearAsync("Bob sees this.");

        await SayIsHereAsync(watched, there, carrier, isHere: false);
        await ann.SayAsync(there, "And not this.");

        await other.HearAsync(Mark(there, "<b>1<span class=\"unseen\"> unread</span></b>"));
        Assert.DoesNotContain(Mark(there, "<b>2<span class=\"unseen\"> unread</span></b>"), other.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task A_page_that_nobody_looks_at_may_say_so_as_often_as_it_comes_back_and_nothing_is_read_by_that(Carrier carrier)
    {
        var (here, there) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        var page = await bob.GetAsync($"/rooms/{there}");
        await using var other = await bob.LoadAndListenAsync(here, Carrier.WebSocket);
        await ann.SayAsync(there, "Bob has not seen this.");

        await using var hidden = await bob.ListenAsync(there, carrier, page);
        await hidden.HearAsync("Bob has not seen this.");
        await SayIsHereAsync(hidden, there, carrier, isHere: false, hasLooked: false);
        await ann.SayAsync(there, "Nor this.");

        await other.HearAsync(Mark(there, "<b>2<span class=\"unseen\"> unread</span></b>"));
    }

    [Fact]
    public async Task A_page_without_script_is_read_while_it_is_open()
    {
        var (here, there) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await using (var page = await bob.ListenAsync(there, Carrier.Html))
        {
            await page.HearAsync("id=\"messages\"");
            await ann.SayAsync(there, "Bob sees this.");
            await page.HearAsync("Bob sees this.");
            await using var other = await bob.LoadAndListenAsync(here, Carrier.WebSocket);
            var third = await shared.NewRoomAsync();
            await ann.SayAsync(third, "Something else.");
            await other.HearAsync($"mark-{third}\" class=\"mark\"><b>1");
            Assert.Equal("", await MarkAsync(bob, there, on: here));
        }
    }

    [Fact]
    public async Task A_room_that_was_there_before_somebody_joined_is_not_news_to_them_and_a_newer_one_is()
    {
        var old = await shared.NewRoomAsync();
        await ann.SayAsync(old, "Long ago.");
        var joined = await shared.Site.JoinAsync(ann, $"Newcomer {old}");
        var made = await shared.NewRoomAsync();
        await ann.SayAsync(made, "Just now.");

        Assert.Equal("", await MarkAsync(joined, old, on: new RoomId(1)));
        Assert.Equal("1 unread", await MarkAsync(joined, made, on: new RoomId(1)));

        await ann.SayAsync(old, $"Welcome, @newcomer.{old}!");
        Assert.Equal("@1 unread, you are mentioned", await MarkAsync(joined, old, on: new RoomId(1)));
    }

    [Fact]
    public async Task Nobody_is_mentioned_where_they_may_not_read()
    {
        var here = await shared.NewRoomAsync();
        var closed = await ann.NewClosedRoomAsync($"Without Bob {here}");
        await ann.SayAsync(closed, "Do not tell @bob.");

        await ann.AddAsync(closed, "2");

        await ann.SayAsync(closed, "Good morning.");
        Assert.Equal("1 unread", await MarkAsync(bob, closed, on: here));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Of_a_room_that_somebody_is_added_to_nothing_is_unread_until_something_is_said(string showsHistory)
    {
        var here = await shared.NewRoomAsync();
        var closed = await ann.NewClosedRoomAsync($"For Bob later {here}");
        await ann.SubmitAsync($"/rooms/{closed}/settings", ("ShowsHistory", showsHistory));
        await ann.SayAsync(closed, "One.", "Two.", "Three.");
        await using var page = await bob.LoadAndListenAsync(here, Carrier.WebSocket);

        await ann.AddAsync(closed, "2");
        Assert.Equal("", await MarkAsync(bob, closed, on: here));
        await page.HearAsync(Mark(closed, ""));

        await ann.SayAsync(closed, "Welcome, Bob.");
        Assert.Equal("1 unread", await MarkAsync(bob, closed, on: here));
        await page.HearAsync(Mark(closed, "<b>1<span class=\"unseen\"> unread</span></b>"));
    }

    [Fact]
    public async Task What_was_said_while_somebody_was_out_is_not_unread_to_them_when_they_are_in_again()
    {
        var here = await shared.NewRoomAsync();
        var closed = await ann.NewClosedRoomAsync($"In and out {here}");
        await ann.AddAsync(closed, "2");
        await ann.SayAsync(closed, "With Bob, and for @bob.");
        Assert.Equal("@1 unread, you are mentioned", await MarkAsync(bob, closed, on: here));

        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Remove", ("Person", "2"));
        await ann.SayAsync(closed, "Without.", "Bob.");
        await ann.AddAsync(closed, "2");

        Assert.Equal("", await MarkAsync(bob, closed, on: here));
    }

    [Fact]
    public async Task In_a_direct_room_one_sees_whether_the_other_is_here()
    {
        var carol = await shared.Site.JoinAsync(ann, $"Carol {Guid.NewGuid():N}");
        var id = await carol.NumberAsync();
        var direct = await bob.NewDirectRoomAsync(id);
        var here = await shared.NewRoomAsync();
        await using var page = await bob.LoadAndListenAsync(here, Carrier.WebSocket);
        Assert.Equal("offline", (await bob.GetAsync($"/rooms/{here}")).Only($"#here-{direct}").TextContent);

        await using var hers = (SocketReader)await carol.LoadAndListenAsync(here, Carrier.WebSocket);
        await page.HearAsync($"id=\"here-{direct}\" class=\"dot away\"");
        await hers.SayAsync("""{"here":true}""");
        await page.HearAsync($"id=\"here-{direct}\" class=\"dot active\"");

        var members = await bob.GetAsync($"/rooms/{here}/members");
        Assert.Contains(members.Page.QuerySelectorAll("h2:first-child + ul li"), li => li.TextContent.Contains("Carol", StringComparison.Ordinal));
    }

    static string Mark(RoomId room, string inside) => $"<span id=\"mark-{room}\" class=\"mark\">{inside}</span>";

    static async Task<string> MarkAsync(Browser person, RoomId room, RoomId on) => (await person.GetAsync($"/rooms/{on}")).Only($"#mark-{room}").TextContent;

    async Task SayIsHereAsync(LiveReader page, RoomId room, Carrier carrier, bool isHere, bool hasLooked = true)
    {
        if (page is SocketReader socket)
        {
            // It has no answer, but what is said after it has.
            var at = hasLooked ? page.Heard.Split("id=\"position\" value=\"")[^1].Split('"')[0] : "";
            await socket.SayAsync(isHere ? """{"here":true}""" : $$"""{"here":false,"at":"{{at}}"}""");
            await socket.SayAsync($$"""{"key":"after-{{isHere}}","text":""}""");
            await socket.HearAsync($"after-{isHere}");
        }
        else Assert.Equal(HttpStatusCode.NoContent, (await bob.PostAsync($"/rooms/{room}/here", ("here", isHere ? "true" : "false"), ("at", isHere || !hasLooked ? "" : page.Heard.Split("id: ")[^1].Split('\n')[0]))).Status);
    }
}

public sealed class SqliteSidebarTests(SharedSite shared) : SidebarContract(shared);

public sealed class PostgresSidebarTests(PostgresSite shared) : SidebarContract(shared), IClassFixture<PostgresSite>;
