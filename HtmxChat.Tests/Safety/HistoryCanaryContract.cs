using System.Globalization;
using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.LinkPreviews;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Safety;

/// <summary>
/// A word in every kind of message that was said in a closed room before some came to it, and in its threads afterwards. Whoever has no
/// business with it uses every page and every list, whatever they had kept of it while they could still read it: the word never comes.
/// </summary>
public abstract class HistoryCanaryContract(SharedSite shared)
{
    const string Canary = "Kanarienvogel";

    // Of the messages of the scene, in their order.
    const int Root = 1, Poll = 4;

    static readonly string[] OfRooms = ["", "?before=999", "?after=0", "?q=@"];
    static readonly string[] OfTheRest = ["", "?q=Kan"];

    static int scenes;

    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    [Fact]
    public async Task It_is_shown_by_no_page_and_no_list_to_who_came_later_who_came_back_and_who_was_removed()
    {
        var scene = await SetSceneAsync();

        foreach (var path in await PathsAsync(scene))
        {
            foreach (var person in scene.People)
            {
                foreach (var by in new[] { "nothing", "HX-Request" })
                {
                    var answer = await person.Browser.SendAsync(HttpMethod.Get, path, content: null, (by, "true"));
                    Assert.False(CanaryTests.Says(answer, Canary), $"{person.Why}: {path} ({by}) says it: {answer.Text}");
                }
            }
        }
    }

    [Fact]
    public async Task Who_may_read_it_finds_it_in_every_list()
    {
        var scene = await SetSceneAsync();

        var found = new HashSet<string>();
        foreach (var path in await PathsAsync(scene))
        {
            if (CanaryTests.Says(await bob.GetAsync(path), Canary)) found.Add(path.Split('?')[0].Replace($"/rooms/{scene.Room}", "/rooms/*", StringComparison.Ordinal));
        }

        var pages = new[] { "", "/thread", "/reactions", "/forward", "/more", "/reply", "/source", "/save", "/remind", "/report", "/pin", "/react" };
        Assert.Superset(
            new HashSet<string>(["/mentions", "/threads", "/later", "/later/reminders", "/rooms/*", "/rooms/*/older", "/rooms/*/pins", .. pages.Select(page => $"/rooms/*/messages/{Root}{page}"), $"/rooms/*/messages/{Poll}/poll"]), found);
    }

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    [InlineData(Carrier.Html)]
    public async Task It_is_not_heard_from_the_beginning_on_nor_as_it_changes(Carrier carrier)
    {
        var scene = await SetSceneAsync();
        var beginning = $"{(await bob.PositionAsync(scene.Room)).Split('.')[0]}.0";

        foreach (var person in scene.People.Where(p => p.Why != "removed"))
        {
            await using var listening = await person.Browser.ListenAsync(scene.Room, carrier, beginning);
            await listening.HearAsync("Seen by all");
            await bob.SubmitAsync($"/rooms/{scene.Room}/messages/{Root}/react?emoji=🎉");
            await ReplyAsync(scene.Room, $"{Canary} goes on, @room.");
            await ann.SayAsync(scene.Room, $"The end for {person.Why}.");
            await listening.HearAsync($"The end for {person.Why}.");
            Assert.DoesNotContain(Canary, listening.Heard, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_can_be_done_with_it()
    {
        var scene = await SetSceneAsync();
        var endpoints = (await EndpointsAsync()).Where(e => e.Address.StartsWith("rooms/{id:long}/messages/{seq:long}/", StringComparison.Ordinal) && e.Methods.Contains("POST")).ToList();
        var before = await StoredAsync(scene.Room);

        foreach (var person in scene.People)
        {
            var token = (await person.Browser.GetAsync("/rooms/new")).Field(Call.Token)!;
            foreach (var (endpoint, seq) in endpoints.SelectMany(e => scene.Hidden.Select(seq => (e, seq))))
            {
                (string Name, string Value)[] fields =
                [
                    (Call.Token, token), ("key", ClientKey.New().Text), ("text", "Mine."), ("emoji", "👍"), ("choice", "0"), ("saved", "true"), ("pinned", "true"),
                    ("following", "true"), ("when", "1h"), ("to", "1"), ("seq", "99"), ("Reason", "Why."),
                ];
                using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
                var answer = await person.Browser.SendAsync(HttpMethod.Post, Fill(endpoint, scene.Room, seq), form);

                // The page of what is too late to be undone is there for anything.
                if (!endpoint.Address.EndsWith("/restore", StringComparison.Ordinal) || person.Why == "removed")
                    Assert.True(answer.Status == HttpStatusCode.NotFound, $"{person.Why}: {endpoint.Address} of {seq} answers {answer.Status}");
            }
        }

        Assert.Equal(before, await StoredAsync(scene.Room));
    }

    [Fact]
    public async Task It_calls_nobody_who_would_look_for_it_in_vain()
    {
        var scene = await SetSceneAsync();
        foreach (var person in scene.People) await person.Browser.GetAsync($"/rooms/{scene.Room}");

        await ReplyAsync(scene.Room, $"{Canary}: @room, {string.Join(' ', scene.People.Select(p => $"@{p.Handle}"))}");

        foreach (var person in scene.People)
        {
            var page = await person.Browser.GetAsync("/rooms/1");
            Assert.Empty(page.Page.QuerySelectorAll($"#mark-{scene.Room} b"));
            Assert.Equal("", page.TextOf("#mentions"));
            Assert.Equal("", page.TextOf("#threads-mark"));
        }
    }

    sealed record Outsider(string Why, Browser Browser, string Id, string Handle);

    /// <param name="Hidden">The numbers of what they may not read.</param>
    sealed record Scene(RoomId Room, IReadOnlyList<Outsider> People, IReadOnlyList<long> Hidden);

    async Task<Scene> SetSceneAsync()
    {
        var number = Interlocked.Increment(ref scenes);
        var name = $"Room with a past {number}";
        var room = await ann.NewClosedRoomAsync(name);
        await ann.SubmitAsync($"/rooms/{room}/settings", ("Name", name), ("Kind", "Closed"), ("Posting", "Everybody"), ("ShowsHistory", "false"));
        var (later, back, removed) = (await JoinAsync("later", number), await JoinAsync("back", number), await JoinAsync("removed", number));
        foreach (var id in new[] { "2", back.Id, removed.Id }) await ann.AddAsync(room, id);

        await ann.SayAsync(room, $"{Canary} root for @room, @bob, @{back.Handle} and @{removed.Handle}.");
        await back.Browser.SayAsync(room, "What came back is to be answered.");
        await AnswerAsync(room, 2, $"{Canary} answer.");
        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}/poll"), $"/rooms/{room}/poll", ("text", $"{Canary} poll?"), ("choice", $"{Canary} yes"), ("choice", $"{Canary} no"));
        await ForwardAsync(room, $"{Canary} look.");
        foreach (var person in new[] { bob, back.Browser, removed.Browser }) await KeepAsync(person, room);
        var preview = new LinkPreview("https://elsewhere.example/", $"{Canary} site", $"{Canary} page", $"{Canary} description", Picture: null);
        await shared.Site.ExecuteAsync($"update messages set preview = '{preview.Stored()}' where room_id = {room} and seq = {Root}");

        var about = await ann.GetAsync($"/rooms/{room}/about");
        foreach (var person in new[] { back, removed }) await ann.SubmitAsync(about, $"/rooms/{room}/about?handler=Remove", ("Person", person.Id));
        var hidden = await NumbersAsync(room);
        foreach (var person in new[] { later, back }) await ann.AddAsync(room, person.Id);

        await ReplyAsync(room, $"{Canary} later, for @{later.Handle} and @{back.Handle}.");
        hidden = [.. hidden, (await NumbersAsync(room))[^1]];
        await ReplyAsync(room, "Seen by all, @room.", ("also", "true"));
        await AnswerAsync(room, Root, "Seen answer.");
        await ForwardAsync(room, "Seen forward.");
        await ann.SubmitAsync($"/rooms/{room}/messages/{Root}/edit", ("text", $"{Canary} root, edited, for @room, @bob and @{later.Handle}."));
        await shared.Site.ExecuteAsync($"update reminders set due_at_ms = 1, told_at_ms = 2 where room_id = {room}");
        return new Scene(room, [later, back, removed], hidden);
    }

    async Task<Outsider> JoinAsync(string why, int number)
    {
        var browser = await shared.Site.JoinAsync(ann, $"{why}{number}");
        return new Outsider(why, browser, await browser.NumberAsync(), $"{why}{number}");
    }

    // Everything that can be kept of a message, or done with it.
    static async Task KeepAsync(Browser person, RoomId room)
    {
        var root = $"/rooms/{room}/messages/{Root}";
        await person.SubmitAsync($"{root}/save", ("saved", "true"));
        await person.SubmitAsync($"{root}/remind", ("when", "1h"));
        await person.SubmitAsync($"{root}/react?emoji=👍");
        await person.SubmitAsync($"{root}/pin", ("pinned", "true"));
        await person.SubmitAsync($"{root}/thread", ("text", $"{Canary} reply."));
        await person.SubmitAsync($"/rooms/{room}/messages/{Poll}/poll", ("choice", "0"));
        Assert.Equal(HttpStatusCode.NoContent, (await person.PostAsync($"/rooms/{room}/draft", ("draft", "I think"), ("was", ""), ("key", ClientKey.New().Text), ("reply", $"{Root}"))).Status);
        Assert.Equal("/later/scheduled", (await person.SubmitAsync(await person.GetAsync($"/rooms/{room}/later?reply={Root}"), $"/rooms/{room}/later?handler=Keep", ("text", "Later."), ("when", "1h"))).Location);
    }

    async Task ReplyAsync(RoomId room, string text, params (string, string)[] more) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await ann.SubmitAsync($"/rooms/{room}/messages/{Root}/thread", [("text", text), .. more])).Status);

    async Task AnswerAsync(RoomId room, long seq, string text) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}?reply={seq}"), $"/rooms/{room}", ("text", text))).Status);

    async Task ForwardAsync(RoomId room, string text) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await ann.SubmitAsync($"/rooms/{room}/messages/{Root}/forward", ("to", $"{room}"), ("text", text))).Status);

    // Every address that answers to GET and has to do with rooms, with each of the numbers wherever it takes one.
    async Task<IReadOnlyList<string>> PathsAsync(Scene scene)
    {
        var paths = new List<string>();
        foreach (var endpoint in (await EndpointsAsync()).Where(e => e.Methods.Contains("GET") && e.Who is "person" or "world" && e.Address != "rooms/{id:long}/live"))
        {
            if (endpoint.Address.Contains("{seq:long}", StringComparison.Ordinal)) paths.AddRange(scene.Hidden.SelectMany(seq => new[] { "", $"?at={scene.Hidden[^1]}", "?before=999" }.Select(query => Fill(endpoint, scene.Room, seq) + query)));
            else if (endpoint.Address.StartsWith("rooms/{id:long}", StringComparison.Ordinal)) paths.AddRange(OfRooms.Concat(scene.Hidden.Select(seq => $"?reply={seq}&thread={seq}")).Select(query => Fill(endpoint, scene.Room, seq: 0) + query));
            else if (!endpoint.Address.Contains('{', StringComparison.Ordinal)) paths.AddRange(OfTheRest.Select(query => $"/{endpoint.Address}{query}"));
        }
        return paths;
    }

    async Task<List<KnownEndpoint>> EndpointsAsync() => await KnownEndpoint.AllAsync(shared.Site);

    static string Fill(KnownEndpoint endpoint, RoomId room, long seq) =>
        $"/{endpoint.Address.Replace("{id:long}", $"{room}", StringComparison.Ordinal).Replace("{seq:long}", seq.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)}";

    Task<List<long>> NumbersAsync(RoomId room) =>
        shared.Site.Services.GetRequiredService<SqlReader>().AllAsync("select seq from messages where room_id = @room order by seq", row => row.GetInt64(0), Ct, ("@room", room.Value));

    async Task<string> StoredAsync(RoomId room)
    {
        var sql = shared.Site.Services.GetRequiredService<SqlReader>();
        var rows = new List<long>();
        foreach (var table in new[] { "events", "messages", "saved", "reminders", "thread_followers" }) rows.AddRange(await sql.AllAsync($"select count(*) from {table} where room_id = @room", row => row.GetInt64(0), Ct, ("@room", room.Value)));
        return string.Join(' ', rows);
    }
}

public sealed class SqliteHistoryCanaryTests(SharedSite shared) : HistoryCanaryContract(shared);

public sealed class PostgresHistoryCanaryTests(PostgresSite shared) : HistoryCanaryContract(shared), IClassFixture<PostgresSite>;
