using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Threads;

/// <summary>Threads, by the pages for them and as they come to open ones, on either database.</summary>
public abstract class ThreadContract(SharedSite shared)
{
    static int rooms;

    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    [Fact]
    public async Task A_reply_stands_in_its_thread_and_the_room_says_how_many_there_are()
    {
        var room = await RoomAsync("Root.");

        var sent = await ReplyAsync(ann, room, "Only here.");
        await ReplyAsync(ann, room, "Here too.", also: true);

        Assert.Equal((HttpStatusCode.SeeOther, $"/rooms/{room}/messages/1/thread#m-2"), (sent.Status, sent.Location));
        var page = await bob.GetAsync($"/rooms/{room}");
        Assert.Equal(["Root.", "Here too."], page.Messages);
        Assert.StartsWith("2 replies, last ", page.TextOf("#m-1 .thread-link"), StringComparison.Ordinal);
        Assert.Equal(($"/rooms/{room}/messages/1/thread", "In a thread: Root."), (page.Only("#m-4 .quote").GetAttribute("href"), page.TextOf("#m-4 .quote")));
        var thread = await bob.GetAsync($"/rooms/{room}/messages/1/thread");
        Assert.Equal(["m-1t", "m-2", "m-4t"], thread.Page.QuerySelectorAll(".message").Select(m => m.Id!));
    }

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task Open_pages_hear_of_it_as_it_happens_and_after_a_cut_from_memory_and_from_the_database(Carrier carrier)
    {
        var room = await RoomAsync("Root.");
        var before = await bob.PositionAsync(room);
        await using var listening = await bob.ListenAsync(room, carrier, before);

        await ReplyAsync(ann, room, "In the thread.");
        await ReplyAsync(ann, room, "In both.", also: true);

        await listening.HearAsync("""<hx-upsert hx-target="#thread-1"><article id="m-2""");
        await listening.HearAsync("""<hx-upsert hx-target="#thread-1"><article id="m-4t""");
        await listening.HearAsync("""<hx-partial hx-target="#m-1t" hx-swap="outerMorph"><article id="m-1t""");
        await using var late = await bob.ListenAsync(room, carrier, before);
        await late.HearAsync("""<article id="m-4t""");
        var stored = await shared.Site.Services.GetRequiredService<IRoomHistory>().EventsAsync(room, 1, limit: 500, Ct);
        Assert.Equal([(2, 1L, false), (3, 1L, true), (4, 1L, true), (5, 1L, true)], stored.Select(e => (e.Seq, e.Thread ?? 0, e.IsInRoom)));
    }

    [Fact]
    public async Task A_page_without_script_is_shown_the_root_again_and_nothing_of_the_thread()
    {
        var room = await RoomAsync("Root.");
        await using var listening = await bob.ListenAsync(room, Carrier.Html);
        await listening.HearAsync("Root.");

        await ReplyAsync(ann, room, "Secret of the thread.");

        await listening.HearAsync("/live/superseded.css?id=m-1&amp;seq=3");
        await listening.HearAsync("1 reply");
        Assert.DoesNotContain("Secret of the thread.", listening.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_the_page_of_a_thread_has_a_frame_in_which_it_goes_on()
    {
        var room = await RoomAsync("Root.");
        await ReplyAsync(ann, room, "Reply.");

        var page = await bob.GetAsync($"/rooms/{room}/messages/1/thread");

        Assert.Contains($"src=\"/rooms/{room}/live?thread=1\"", string.Concat(page.Page.QuerySelectorAll("main noscript").Select(n => n.InnerHtml)), StringComparison.Ordinal);
        Assert.Equal("10", page.Only("head > noscript > meta[http-equiv=refresh]").GetAttribute("content"));
        foreach (var stretch in new[] { "at=2", "before=9", "after=1" }) Assert.Empty((await bob.GetAsync($"/rooms/{room}/messages/1/thread?{stretch}")).Page.QuerySelectorAll("noscript"));
    }

    [Fact]
    public async Task The_streamed_page_of_a_thread_shows_what_is_said_there_and_what_becomes_of_it()
    {
        var room = await RoomAsync("Root.");
        await bob.SayAsync(room, "Another root.");
        await ReplyAsync(ann, room, "Was there.");
        await using var listening = await bob.ListenToThreadAsync(room, 1);
        await listening.HearAsync("Was there.");

        await ann.SayAsync(room, "Said in the room.");
        await ReplyAsync(ann, room, "Said in another thread.", root: 2);
        await ReplyAsync(ann, room, "Frist.");
        await ReplyAsync(ann, room, "In both.", also: true);
        await ann.SubmitAsync($"/rooms/{room}/messages/8/edit", ("text", "First."));
        await listening.HearAsync("/live/superseded.css?id=m-8&amp;seq=12");
        await ann.SubmitAsync($"/rooms/{room}/messages/8/react?emoji=%F0%9F%91%8D");
        await listening.HearAsync("/live/superseded.css?id=m-8&amp;seq=13");
        await ann.SubmitAsync($"/rooms/{room}/messages/3/delete");
        await listening.HearAsync("/live/superseded.css?id=m-3&amp;seq=14");
        await bob.SubmitAsync($"/rooms/{room}/messages/1/edit", ("text", "Root, edited."));
        await listening.HearAsync("Root, edited.");
        await listening.HearAsync("/live/superseded.css?id=m-10&amp;seq=17"); // in the room that quotes where it began

        Assert.Equal(["Root.", "Was there.", "Frist.", "In both.", "First. (edited)", "First. (edited)", "This message was deleted.", "Root, edited. (edited)", "In both."], listening.Messages);
        Assert.Contains("aria-label=\"👍 1: Ann\"", WebUtility.HtmlDecode(listening.Heard), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_at_the_streamed_page_of_a_thread_has_read_that_and_not_the_room()
    {
        var room = await ann.NewClosedRoomAsync($"Threads {Interlocked.Increment(ref rooms)}");
        var here = await shared.NewRoomAsync();
        await ann.AddAsync(room, "2");
        await bob.SayAsync(room, "Root.");
        await using (var listening = await bob.ListenToThreadAsync(room, 1))
        {
            await ReplyAsync(ann, room, "New to Bob.");
            await ann.SayAsync(room, "In the room.");
            await ReplyAsync(ann, room, "And this.");
            await listening.HearAsync("And this.");
        }

        Assert.Null(Mine(await bob.GetAsync("/threads"), room)!.QuerySelector("strong"));
        Assert.NotEqual("", (await bob.GetAsync($"/rooms/{here}")).TextOf($"#mark-{room}"));
    }

    public static TheoryData<string> Endings => ["sign-out", "removal", "ban"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Who_has_to_go_hears_nothing_more_of_a_thread_within_2_seconds_and_does_not_come_back(string cause)
    {
        var (room, name) = (await ann.NewClosedRoomAsync($"Threads {Interlocked.Increment(ref rooms)}"), $"Carol in threads {Interlocked.Increment(ref rooms)}");
        var carol = await shared.Site.JoinAsync(ann, name);
        var id = await carol.NumberAsync();
        await ann.AddAsync(room, id);
        await ann.SayAsync(room, "Root.");
        await using var leaving = await carol.ListenToThreadAsync(room, 1);
        await ReplyAsync(ann, room, "Carol hears this.");
        await leaving.HearAsync("Carol hears this.");

        if (cause == "sign-out") await carol.SignOutAsync();
        else if (cause == "removal") await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}/about"), $"/rooms/{room}/about?handler=Remove", ("Person", id));
        else await ann.SubmitAsync($"/admin/people/{id}", ("Deed", "Ban"));
        await leaving.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        await ReplyAsync(ann, room, "Carol does not hear this.");
        Assert.DoesNotContain("Carol does not", leaving.Heard, StringComparison.Ordinal);
        await using var again = await carol.ListenToThreadAsync(room, 1);
        Assert.Equal(cause == "removal" ? HttpStatusCode.NotFound : HttpStatusCode.Unauthorized, again.Status);
    }

    [Fact]
    public async Task What_is_no_thread_has_no_streamed_page()
    {
        var room = await RoomAsync("Root.");
        await ReplyAsync(ann, room, "Reply.");

        foreach (var thread in new[] { "2", "99", "x", "", "-1" })
        {
            await using var listening = await bob.ListenByStreamAsync(room, $"&thread={thread}", ("Accept", "text/html"));
            Assert.Equal(HttpStatusCode.NotFound, listening.Status);
        }
    }

    [Fact]
    public async Task The_address_of_a_message_in_a_thread_leads_into_the_thread()
    {
        var room = await RoomAsync("Root.");
        await ReplyAsync(ann, room, "Only here.");
        await ReplyAsync(ann, room, "Here too.", also: true);

        Assert.Equal($"/rooms/{room}/messages/1/thread?at=2#m-2", (await bob.GetAsync($"/rooms/{room}/messages/2")).Location);
        Assert.Equal("m-2", (await bob.GetAsync($"/rooms/{room}/messages/1/thread?at=2")).Only("[aria-current]").Id);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync($"/rooms/{room}/messages/4")).Status);
        Assert.Equal($"/rooms/{room}/messages/1/thread?at=2#m-2", (await bob.GetAsync($"/rooms/{room}/messages/2/thread")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}/messages/1/thread?at=1")).Status);
    }

    [Fact]
    public async Task A_thread_stays_readable_when_what_it_began_with_is_deleted_and_nobody_writes_in_it_any_more()
    {
        var room = await RoomAsync("Root.");
        await ReplyAsync(ann, room, "A reply.");
        var form = await ann.GetAsync($"/rooms/{room}/messages/1/thread");
        await bob.SubmitAsync($"/rooms/{room}/messages/1/delete");

        var thread = await ann.GetAsync($"/rooms/{room}/messages/1/thread");
        Assert.Equal(["This message was deleted.", "A reply."], thread.Messages);
        Assert.Empty(thread.Page.QuerySelectorAll("textarea"));
        Assert.StartsWith("1 reply", (await ann.GetAsync($"/rooms/{room}")).TextOf("#m-1 .thread-link"), StringComparison.Ordinal);
        var refused = await ann.SubmitAsync(form, $"/rooms/{room}/messages/1/thread", ("text", "Too late."));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, PostWords.NoThread, "Too late."), (refused.Status, refused.TextOf("#thread-problem"), refused.Field("text")));
    }

    [Fact]
    public async Task What_is_said_in_a_thread_alone_is_not_unread_in_the_room_but_in_the_list_of_threads()
    {
        var (here, room) = (await shared.NewRoomAsync(), await ann.NewClosedRoomAsync($"Threads {Interlocked.Increment(ref rooms)}"));
        await ann.AddAsync(room, "2");
        await bob.SayAsync(room, "Root.");
        await bob.GetAsync($"/rooms/{room}");
        await ReplyAsync(ann, room, "New to Bob.");
        await ReplyAsync(ann, room, "And this.");

        var page = await bob.GetAsync($"/rooms/{here}");
        Assert.Equal("", page.TextOf($"#mark-{room}"));
        Assert.NotEqual("", page.TextOf("#threads-mark"));
        Assert.Equal("2 new", Mine(await bob.GetAsync("/threads"), room)!.QuerySelector("strong")!.TextContent);

        await bob.GetAsync($"/rooms/{room}/messages/1/thread");
        Assert.Null(Mine(await bob.GetAsync("/threads"), room)!.QuerySelector("strong"));
        await bob.SubmitAsync(await bob.GetAsync($"/rooms/{room}/messages/1/thread"), $"/rooms/{room}/messages/1/follow", ("following", "false"));
        Assert.Null(Mine(await bob.GetAsync("/threads"), room));
        await ReplyAsync(bob, room, "I write, and do not follow.");
        Assert.Null(Mine(await bob.GetAsync("/threads"), room));
    }

    [Fact]
    public async Task Who_is_taken_out_of_a_room_has_no_mark_of_its_threads_any_more_and_has_it_again_when_they_are_back()
    {
        var room = await ann.NewClosedRoomAsync($"Threads {Interlocked.Increment(ref rooms)}");
        var carol = await shared.Site.JoinAsync(ann, $"Carol in threads {Interlocked.Increment(ref rooms)}");
        var id = await carol.NumberAsync();
        await ann.AddAsync(room, id);
        await carol.SayAsync(room, "Root.");
        await using var elsewhere = await carol.LoadAndListenAsync(new RoomId(1), Carrier.WebSocket);
        await ReplyAsync(ann, room, "New to Carol.");
        await elsewhere.HearAsync("1<span class=\"unseen\"> thread with new messages");

        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}/about"), $"/rooms/{room}/about?handler=Remove", ("Person", id));
        await elsewhere.HearWithoutAsync("with new messages", with: "id=\"threads-mark\"");
        Assert.Null(Mine(await carol.GetAsync("/threads"), room));

        await ann.AddAsync(room, id);
        Assert.NotEqual("", (await carol.GetAsync("/rooms/1")).TextOf("#threads-mark"));
        Assert.Equal("1 new", Mine(await carol.GetAsync("/threads"), room)!.QuerySelector("strong")!.TextContent);
    }

    [Fact]
    public async Task What_a_thread_began_with_is_deleted_and_restored_in_the_list_of_threads_and_for_whoever_writes_there()
    {
        var room = await RoomAsync("Root.");
        await ReplyAsync(ann, room, "A reply.");
        await using var streamed = await ann.ListenToThreadAsync(room, 1);
        var deleted = await bob.SubmitAsync($"/rooms/{room}/messages/1/delete");
        await streamed.HearAsync("This message was deleted.");

        Assert.Equal("This message was deleted.", Mine(await bob.GetAsync("/threads"), room)!.QuerySelector(".text")!.TextContent);
        Assert.Empty((await ann.GetAsync($"/rooms/{room}/messages/1/thread")).Page.QuerySelectorAll("textarea"));

        Assert.Equal(HttpStatusCode.SeeOther, (await bob.SubmitAsync(deleted, $"/rooms/{room}/messages/1/restore")).Status);
        Assert.Equal("Root.", Mine(await bob.GetAsync("/threads"), room)!.QuerySelector(".text")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await ReplyAsync(ann, room, "Another reply.")).Status);
        await streamed.HearAsync("Another reply.");
        Assert.Equal(["Root.", "A reply.", "This message was deleted.", "Root.", "Another reply."], streamed.Messages);
    }

    [Fact]
    public async Task Who_is_mentioned_in_a_thread_follows_it()
    {
        var room = await shared.NewRoomAsync();
        await ann.SayAsync(room, "Root.");
        Assert.Null(Mine(await bob.GetAsync("/threads"), room));

        await ReplyAsync(ann, room, "What do you say, @bob?");

        Assert.NotNull(Mine(await bob.GetAsync("/threads"), room)?.QuerySelector("strong"));
    }

    [Fact]
    public async Task Who_may_not_read_where_a_thread_began_has_nothing_of_it_by_any_page_or_carrier()
    {
        var name = $"Before your time {Interlocked.Increment(ref rooms)}";
        var room = await ann.NewClosedRoomAsync(name);
        await ann.SubmitAsync($"/rooms/{room}/settings", ("Name", name), ("Kind", "Closed"), ("Posting", "Everybody"), ("ShowsHistory", "false"));
        await ann.SayAsync(room, "Canary root.");
        await ann.AddAsync(room, "2");
        await ann.SayAsync(room, "Seen by all.");
        var position = await bob.PositionAsync(room);
        await ReplyAsync(ann, room, "Canary reply to @bob.");
        await ReplyAsync(ann, room, "Said to all.", also: true);

        foreach (var path in new[] { $"/rooms/{room}", $"/rooms/{room}/messages/1/thread", $"/rooms/{room}/messages/3", $"/rooms/{room}/messages/3/more", $"/rooms/{room}/messages/3/report", "/threads", "/mentions" })
            Assert.DoesNotContain("Canary", (await bob.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await bob.SubmitAsync(await bob.GetAsync($"/rooms/{room}"), $"/rooms/{room}", ("text", "In there."), ("thread", "1"))).Status);
        await using var streamed = await bob.ListenToThreadAsync(room, 1);
        Assert.Equal(HttpStatusCode.NotFound, streamed.Status);
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            await using var listening = await bob.ListenAsync(room, carrier, position);
            await listening.HearAsync("Said to all.");
            Assert.DoesNotContain("Canary", listening.Heard, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_what_it_began_with_a_thread_grows_too_old_and_what_the_room_shows_stays_for_its_own_time()
    {
        var room = await RoomAsync("Root.");
        for (var n = 0; n < 60; n++) await PostDirectlyAsync(room, $"reply {n}");
        await ReplyAsync(ann, room, "In both.", also: true);
        await shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update messages set sent_at_ms = 0 where room_id = @room and seq = 1", ("@room", room.Value)), Ct);
        await shared.Site.ExecuteAsync($"update rooms set keep_days = 1 where id = {room}");
        await using var listening = await bob.ListenAsync(room, Carrier.WebSocket, await bob.PositionAsync(room));

        await shared.Site.Services.GetRequiredService<Retention>().LookAsync(Ct);

        await listening.HearAsync("""hx-target="#m-1,#m-1t" hx-swap="delete""");
        var page = await bob.GetAsync($"/rooms/{room}");
        Assert.Equal(["In both."], page.Messages);
        Assert.Equal("An earlier message", page.TextOf(".quote"));
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}/messages/1/thread")).Status);
        Assert.Null(Mine(await bob.GetAsync("/threads"), room));
        Assert.Equal([1L], await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync($"select message_count - expired_count from rooms where id = {room}", row => row.GetInt64(0), Ct));
    }

    [Fact]
    public async Task The_list_of_threads_is_read_page_by_page_and_each_stands_there_once()
    {
        var carol = await shared.Site.JoinAsync(ann, $"Carol in threads {Interlocked.Increment(ref rooms)}");
        var room = await shared.NewRoomAsync();
        await ann.SayAsync(room, Enumerable.Range(0, ThreadList.PageSize + 5).Select(n => $"root {n}"));
        foreach (var seq in Enumerable.Range(1, ThreadList.PageSize + 5)) await ReplyAsync(carol, room, "mine", root: seq);

        var first = await carol.GetAsync("/threads");
        var second = await carol.GetAsync(first.Only("[rel=next]").GetAttribute("href")!);

        var listed = first.Page.QuerySelectorAll(".found .text").Concat(second.Page.QuerySelectorAll(".found .text")).Select(t => t.TextContent).ToList();
        Assert.Equal(Enumerable.Range(0, ThreadList.PageSize + 5).Reverse().Select(n => $"root {n}"), listed);
        Assert.Empty(second.Page.QuerySelectorAll("[rel=next]"));
    }

    async Task<RoomId> RoomAsync(string root)
    {
        var room = await shared.NewRoomAsync();
        await bob.SayAsync(room, root);
        return room;
    }

    static async Task<Answer> ReplyAsync(Browser by, RoomId room, string text, bool also = false, long root = 1)
    {
        (string, string)[] fields = also ? [("text", text), ("also", "true")] : [("text", text)];
        return await by.SubmitAsync($"/rooms/{room}/messages/{root}/thread", fields);
    }

    Task<MessageStore.Stored> PostDirectlyAsync(RoomId room, string text) => shared.Site.Services.GetRequiredService<MessageStore>().PostAsync(
        room, new Author(new PersonId(1), "Ann"), ClientKey.New(), Draft.Parse(text, out _)! with { Thread = 1 }, Ct);

    static AngleSharp.Dom.IElement? Mine(Answer threads, RoomId room) => threads.Page.QuerySelectorAll(".found li").FirstOrDefault(li => li.QuerySelector($"a[href='/rooms/{room}']") is not null);
}

public sealed class SqliteThreadTests(SharedSite shared) : ThreadContract(shared);

public sealed class PostgresThreadTests(PostgresSite shared) : ThreadContract(shared), IClassFixture<PostgresSite>;
