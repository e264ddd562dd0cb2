using HtmxChat.Tests.Servers;
using HtmxChat.Tests.Storage;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
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
        await using var page = await site.ListenThereAsync(here);

        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Add", ("Person", "2"));
        await page.HearAsync($"href=\"/rooms/{closed}\"");

        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Remove", ("Person", "2"));
        await page.HearWithoutAsync($"href=\"/rooms/{closed}\"", with: $"href=\"/rooms/{here}\"");
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
