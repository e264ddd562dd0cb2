using System.Net;
using HtmxChat.Tests.Servers;
using HtmxChat.Tests.Storage;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Rooms;

/// <summary>The list of rooms on one node, and what is done on another: with a Redis between them, and where its word is lost.</summary>
public sealed class SidebarNodesTests(SharedPostgres postgres, RedisServer redis) : IClassFixture<RedisServer>
{
    public enum Word
    {
        Comes,
        IsLost,
    }

    [Theory]
    [InlineData(Word.Comes)]
    [InlineData(Word.IsLost)]
    public async Task A_mention_is_marked_and_goes_when_it_is_read_over_there(Word word)
    {
        await using var site = await StartAsync(word, await postgres.NewDatabaseAsync());
        var (ann, here, there) = (site.Ann, await site.Ann.NewRoomAsync("Here"), await site.Ann.NewRoomAsync("There"));
        await site.Bob.GetAsync($"/rooms/{there}");
        await using var page = await site.ListenThereAsync(here);

        await ann.SayAsync(there, "This is for @Bob.");
        await page.HearAsync($"<span id=\"mark-{there}\" class=\"mark\"><b class=\"at\">@1<");

        await site.Bob.GetAsync($"/rooms/{there}");
        await page.HearAsync($"<span id=\"mark-{there}\" class=\"mark\"></span>");
    }

    [Theory]
    [InlineData(Word.Comes)]
    [InlineData(Word.IsLost)]
    public async Task A_room_that_somebody_is_added_to_appears_and_one_that_they_are_removed_from_goes(Word word)
    {
        await using var site = await StartAsync(word, await postgres.NewDatabaseAsync());
        var (ann, here) = (site.Ann, await site.Ann.NewRoomAsync("Here"));
        var closed = long.Parse((await ann.SubmitAsync("/rooms/new", ("Name", "Closed"), ("Closed", "true"))).Location!.Split('/')[2]);
        await ann.SayAsync(new RoomId(closed), "Said before.");
        await using var page = await site.ListenThereAsync(here);

        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Add", ("Person", "2"));
        await page.HearAsync($"href=\"/rooms/{closed}\"");
        Assert.Contains($"<span id=\"mark-{closed}\" class=\"mark\"></span>", page.Heard, StringComparison.Ordinal);

        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Remove", ("Person", "2"));
        await page.HearWithoutAsync($"href=\"/rooms/{closed}\"", with: $"href=\"/rooms/{here}\"");
    }

    [Theory]
    [InlineData(Word.Comes)]
    [InlineData(Word.IsLost)]
    public async Task A_thread_is_marked_that_goes_on_over_there_until_it_is_read_there(Word word)
    {
        await using var site = await StartAsync(word, await postgres.NewDatabaseAsync());
        var (here, there) = (await site.Ann.NewRoomAsync("Here"), await site.Ann.NewRoomAsync("There"));
        await site.Bob.SayAsync(there, "Root.");
        await site.Ann.SubmitAsync($"/rooms/{there}/messages/1/thread", ("text", "Before."));
        await site.Bob.GetAsync($"/rooms/{there}/messages/1/thread");
        await using var page = await site.ListenThereAsync(here);

        await site.Ann.SubmitAsync($"/rooms/{there}/messages/1/thread", ("text", "News."));
        await page.HearAsync("<span id=\"threads-mark\" class=\"mark\"><b>1<");

        await site.Bob.GetAsync($"/rooms/{there}/messages/1/thread");
        await page.HearAsync("<span id=\"threads-mark\" class=\"mark\"></span>");
    }

    [Theory]
    [InlineData(Word.Comes)]
    [InlineData(Word.IsLost)]
    public async Task What_is_typed_and_not_sent_over_there_has_its_pencil_until_it_is_sent(Word word)
    {
        await using var site = await StartAsync(word, await postgres.NewDatabaseAsync());
        var (here, there) = (await site.Ann.NewRoomAsync("Here"), await site.Ann.NewRoomAsync("There"));
        await using var page = await site.ListenThereAsync(here);

        Assert.Equal(HttpStatusCode.NoContent, (await site.Bob.PostAsync($"/rooms/{there}/draft", ("draft", "Half a"), ("was", ""), ("key", ClientKey.New().Text))).Status);
        await page.HearAsync($"<span id=\"mark-{there}\" class=\"mark\"><i class=\"pencil\">");

        Assert.Equal(HttpStatusCode.NoContent, (await site.Bob.PostAsync($"/rooms/{there}/draft", ("draft", ""), ("was", "Half a"), ("key", ClientKey.New().Text))).Status);
        await page.HearAsync($"<span id=\"mark-{there}\" class=\"mark\"></span>");
    }

    [Fact]
    public async Task Who_types_over_there_is_shown_typing_here_until_the_message_comes()
    {
        await using var site = await StartAsync(Word.Comes, await postgres.NewDatabaseAsync());
        var room = await site.Ann.NewRoomAsync("Here");
        await using var page = await site.ListenThereAsync(room);

        // The node listens from a moment after the page was opened.
        var heard = page.HearAsync("""<p id="typing" aria-hidden="true" data-of="1"><b dir="auto">Ann</b> is typing…</p>""");
        while (await Task.WhenAny(heard, Task.Delay(Typing.Least, Ct)) != heard) await site.Ann.PostAsync($"/rooms/{room}/typing", ("typing", "true"));
        await heard;

        await site.Ann.SayAsync(room, "Here it is.");
        await page.HearAsync("""<p id="typing" aria-hidden="true" data-of=""></p>""");
    }

    [Theory]
    [InlineData(Word.Comes)]
    [InlineData(Word.IsLost)]
    public async Task What_an_administrator_removes_over_there_is_no_mention_here_any_more(Word word)
    {
        await using var site = await StartAsync(word, await postgres.NewDatabaseAsync());
        var (here, there) = (await site.Ann.NewRoomAsync("Here"), await site.Ann.NewRoomAsync("There"));
        var cleo = await site.Here.JoinAsync(site.Ann, "Cleo");
        await site.Bob.GetAsync($"/rooms/{there}");
        await using var page = await site.ListenThereAsync(here);
        await cleo.SayAsync(there, "Bad words for @Bob.");
        await page.HearAsync($"<span id=\"mark-{there}\" class=\"mark\"><b class=\"at\">@1<");

        await site.Ann.SubmitAsync(await site.Ann.GetAsync("/admin/people/3"), "/admin/people/3", ("Deed", "Ban"), ("RemovesWritings", "true"));

        await page.HearAsync($"<span id=\"mark-{there}\" class=\"mark\"><b>1<");
    }

    [Fact]
    public async Task A_command_that_is_sent_to_both_nodes_is_done_once()
    {
        await using var site = await StartAsync(Word.IsLost, await postgres.NewDatabaseAsync());
        var form = await site.Bob.GetAsync("/rooms/1/composer");
        var key = ClientKey.New().Text;

        foreach (var browser in new[] { site.Bob, site.BobThere, site.Bob })
            Assert.Equal(HttpStatusCode.NoContent, (await browser.SubmitByHtmxAsync(form, "/rooms/1", ("key", key), ("text", "/away"))).Status);

        Assert.Equal([true], await site.Here.Services.GetRequiredService<SqlReader>().AllAsync("select hides_presence from people where id = 2", row => row.GetBoolean(0), Ct));
    }

    [Fact]
    public async Task A_page_says_on_one_node_that_somebody_looks_at_it_and_the_one_that_its_stream_comes_from_hears_of_it()
    {
        await using var site = await StartAsync(Word.Comes, await postgres.NewDatabaseAsync());
        var here = await site.Ann.NewRoomAsync("Here");
        await using var page = await site.BobThere.ListenByStreamAsync(here, $"{await site.Bob.PositionAsync(here)}&page=abc1", ("Accept", "text/event-stream"));
        await page.HearAsync("head");
        var connection = Assert.Single(site.There.Services.GetRequiredService<LiveConnections>().Open());

        // The node listens from a moment after the stream was opened.
        using var limit = new CancellationTokenSource(Waiting.Longest);
        while (!connection.View.IsWatched)
        {
            limit.Token.ThrowIfCancellationRequested();
            await site.Bob.PostAsync($"/rooms/{here}/here", ("here", "true"), ("page", "abc1"));
        }
    }

    async Task<TwoNodes> StartAsync(Word word, string database)
    {
        (string, string)[] settings = word == Word.Comes
            ? [("ConnectionStrings:Chat", database), ("ConnectionStrings:Redis", redis.ConnectionString)]
            : [("ConnectionStrings:Chat", database)];
        var site = await ChatSite.StartEmptyAsync(settings);
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        var there = await ChatSite.StartEmptyAsync(settings);
        return new TwoNodes(site, there, ann, bob, bob.At(there.Address));
    }

    /// <summary>Two nodes; Ann and Bob are at home on the first, and Bob has a page open on the second.</summary>
    sealed record TwoNodes(ChatSite Here, ChatSite There, Browser Ann, Browser Bob, Browser BobThere) : IAsyncDisposable
    {
        /// <summary>A page that has been told all that there was to say when it came.</summary>
        public async Task<LiveReader> ListenThereAsync(RoomId room)
        {
            var page = await BobThere.ListenAsync(room, Carrier.WebSocket, await Bob.PositionAsync(room));
            await page.HearAsync("hx-target=\"#room-list\"");
            return page;
        }

        public async ValueTask DisposeAsync()
        {
            await There.DisposeAsync();
            await Here.DisposeAsync();
        }
    }
}
