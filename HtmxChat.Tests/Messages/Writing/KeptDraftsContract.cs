using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Writing;

/// <summary>What somebody has typed and not sent, on the server for their other devices.</summary>
public abstract class KeptDraftsContract(SharedSite shared)
{
    const string Pencil = "<i class=\"pencil\"><span class=\"unseen\"> draft </span></i>";

    static int people;

    [Fact]
    public async Task What_is_typed_on_one_device_stands_on_the_other_with_what_it_answers_and_nobody_else_sees_it()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        await shared.Ann.SayAsync(room, "Cake?");
        await using var page = (SocketReader)await carol.ListenAsync(room, Carrier.WebSocket, await carol.PositionAsync(room));

        await page.SayAsync("""{"draft":"Two\nlines, and not do","was":"","key":"0123456789abcdef","reply":"1"}""");
        await HandledAsync(page);

        foreach (var path in new[] { "", "/composer" })
        {
            var there = await carol.GetAsync($"/rooms/{room}{path}");
            Assert.Equal(("Two\nlines, and not do", "Two\nlines, and not do", "1"), (there.Field("text"), there.Field("kept"), there.Field("reply")));
            Assert.DoesNotContain("not do", (await shared.Ann.GetAsync($"/rooms/{room}{path}")).Text, StringComparison.Ordinal);
        }
        Assert.Equal("", (await carol.GetAsync("/rooms/1/composer")).Field("text"));
    }

    [Fact]
    public async Task The_last_one_that_was_saved_is_kept_and_an_empty_one_ends_its_own_and_no_other()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());

        await SaveAsync(carol, room, "On the phone");
        await SaveAsync(carol, room, "On the laptop");
        await SaveAsync(carol, room, "", was: "On the phone");
        Assert.Equal("On the laptop", await DraftAsync(carol, room));

        await SaveAsync(carol, room, " \n", was: "On the laptop");
        Assert.Equal("", await DraftAsync(carol, room));
    }

    [Theory]
    [InlineData("Hello", null, "")]                     // saved before the last keys
    [InlineData(" Hello there ", null, "")]
    [InlineData("Helo there", "Helo there", "")]        // saved before it was put right
    [InlineData("Something else", null, "Something else")] // by another device
    [InlineData("Something else", "Hello", "Something else")]
    public async Task What_is_sent_ends_its_own_draft_and_no_other(string draft, string? kept, string left)
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        var form = await carol.GetAsync($"/rooms/{room}/composer");
        await SaveAsync(carol, room, draft);

        Assert.Equal(HttpStatusCode.NoContent, (await carol.SubmitByHtmxAsync(form, $"/rooms/{room}", [("key", ClientKey.New().Text), ("text", "Hello there"), .. kept is null ? [] : new[] { ("kept", kept) }])).Status);

        Assert.Equal(left, await DraftAsync(carol, room));
    }

    [Fact]
    public async Task What_is_saved_late_does_not_bring_back_what_was_sent()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        var key = ClientKey.New().Text;
        await carol.SubmitByHtmxAsync(await carol.GetAsync($"/rooms/{room}/composer"), $"/rooms/{room}", ("key", key), ("text", "Sent."));

        await SaveAsync(carol, room, "Sen", key: key);
        Assert.Equal("", await DraftAsync(carol, room));

        await SaveAsync(carol, room, "The next one", key: ClientKey.New().Text);
        Assert.Equal("The next one", await DraftAsync(carol, room));
    }

    [Fact]
    public async Task A_command_ends_its_draft_as_well()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        await SaveAsync(carol, room, "/hel");

        await carol.SubmitByHtmxAsync(await carol.GetAsync($"/rooms/{room}/composer"), $"/rooms/{room}", ("key", ClientKey.New().Text), ("text", "/help"));

        Assert.Equal("", await DraftAsync(carol, room));
    }

    [Fact]
    public async Task What_is_written_to_be_sent_later_ends_its_draft_as_well()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        await SaveAsync(carol, room, "Not now");
        Assert.Equal("Not now", await DraftAsync(carol, room));

        var kept = await carol.SubmitAsync(await carol.GetAsync($"/rooms/{room}/later"), $"/rooms/{room}/later?handler=Keep", ("text", "Not now"), ("when", "1h"));

        Assert.Equal("/later/scheduled", kept.Location);
        Assert.Equal("", await DraftAsync(carol, room));
    }

    [Fact]
    public async Task Without_script_a_draft_is_saved_by_a_button_and_sent_by_another()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        var at = $"/rooms/{room}/composer?handler=Draft";
        Assert.Equal(at, (await carol.GetAsync($"/rooms/{room}")).Only("#composer .keep").GetAttribute("formaction"));

        var saved = await carol.PostAsync(at, ("text", "Half a thou"));
        Assert.Equal((HttpStatusCode.SeeOther, $"/rooms/{room}"), (saved.Status, saved.Location));
        var form = await carol.GetAsync($"/rooms/{room}/composer");
        Assert.Equal("Half a thou", form.Field("text"));

        await carol.SubmitAsync(form, $"/rooms/{room}/composer", ("text", "Another thought."));
        Assert.Equal("", await DraftAsync(carol, room));
    }

    [Fact]
    public async Task A_thread_has_that_button_too()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        await shared.Ann.SayAsync(room, "Root.");
        var at = $"{Thread(room, 1)}?handler=Draft";
        Assert.Equal(at, (await carol.GetAsync(Thread(room, 1))).Only(".reply .keep").GetAttribute("formaction"));

        var saved = await carol.PostAsync(at, ("text", "Half a thou"));
        Assert.Equal((HttpStatusCode.SeeOther, Thread(room, 1)), (saved.Status, saved.Location));
        Assert.Equal("Half a thou", (await carol.GetAsync(Thread(room, 1))).Field("text"));
        Assert.Equal("", await DraftAsync(carol, room));

        await shared.Ann.SubmitAsync($"/rooms/{room}/messages/1/delete");
        var refused = await carol.PostAsync(at, ("text", "Half a thought"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Half a thought", ThreadModel.Ended), (refused.Status, refused.Field("text"), refused.TextOf("#thread-problem")));
    }

    [Fact]
    public async Task What_is_too_long_is_not_kept_and_stays_where_it_was_typed()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        var (most, excess) = (new string('x', KeptDraft.MaxLength), new string('x', KeptDraft.MaxLength + 1));

        Assert.Equal(HttpStatusCode.NoContent, (await SaveAsync(carol, room, most)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SaveAsync(carol, room, excess)).Status);
        Assert.Equal(most, await DraftAsync(carol, room));

        var refused = await carol.PostAsync($"/rooms/{room}/composer?handler=Draft", ("text", excess));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, excess), (refused.Status, refused.Field("text")));
        Assert.Contains("could not be kept", refused.TextOf("#problem"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task What_is_typed_in_a_thread_is_kept_for_that_thread_alone_until_it_is_sent_there(Carrier carrier)
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        await shared.Ann.SayAsync(room, "Root.", "Another root.");
        await SaveAsync(carol, room, "For the room");

        if (carrier == Carrier.WebSocket)
        {
            await using var page = (SocketReader)await carol.ListenAsync(room, Carrier.WebSocket, await carol.PositionAsync(room));
            await page.SayAsync("""{"draft":"For the thread","was":"","key":"0123456789abcdef","thread":"1"}""");
            await HandledAsync(page);
        }
        else Assert.Equal(HttpStatusCode.NoContent, (await SaveAsync(carol, room, "For the thread", thread: "1")).Status);

        var form = await carol.GetAsync(Thread(room, 1));
        Assert.Equal(("For the thread", "For the thread"), (form.Field("text"), form.Field("kept")));
        Assert.Equal("", (await carol.GetAsync(Thread(room, 2))).Field("text"));
        Assert.Equal("", (await shared.Ann.GetAsync(Thread(room, 1))).Field("text"));
        Assert.Equal("For the room", await DraftAsync(carol, room));

        await carol.SubmitAsync(form, Thread(room, 1), ("text", "For the thread, and said."));
        Assert.Equal("", (await carol.GetAsync(Thread(room, 1))).Field("text"));
        Assert.Equal("For the room", await DraftAsync(carol, room));
    }

    [Fact]
    public async Task Nothing_is_kept_for_what_is_no_thread_and_with_what_it_began_with_goes_what_was_typed_there()
    {
        var (room, carol) = (await shared.NewRoomAsync(), await JoinAsync());
        await shared.Ann.SayAsync(room, "Root.");
        foreach (var thread in new[] { "2", "99" }) await SaveAsync(carol, room, "Nowhere", thread: thread);
        Assert.Equal([], await ThreadsAsync(room));
        await SaveAsync(carol, room, "Not in time", thread: "1");
        Assert.Equal([1L], await ThreadsAsync(room));

        var taken = await shared.Ann.PostAsync(ComposerModel.TakeBackPath(room, 1));

        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Equal([], await ThreadsAsync(room));
    }

    [Fact]
    public async Task Nothing_is_kept_where_one_may_not_read()
    {
        var closed = await shared.Ann.NewClosedRoomAsync($"Closed {Guid.NewGuid():N}");

        Assert.Equal(HttpStatusCode.NotFound, (await SaveAsync(shared.Bob, closed, "Let me in")).Status);
    }

    [Fact]
    public async Task Drafts_are_saved_at_a_pace()
    {
        await using var site = await ChatSite.StartEmptyAsync(("Limits:Times", "1"), ("Limits:DraftBurst", "3"));
        var ann = await site.SetUpByAnnAsync();

        for (var n = 1; n <= 3; n++) Assert.Equal(HttpStatusCode.NoContent, (await SaveAsync(ann, new RoomId(1), $"Version {n}")).Status);
        HttpStatusCode status;
        do status = (await SaveAsync(ann, new RoomId(1), "One too many")).Status;
        while (status == HttpStatusCode.NoContent);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
    }

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task A_room_with_a_draft_has_a_pencil_in_its_authors_list_alone_for_as_long_as_it_is_there(Carrier carrier)
    {
        var (room, elsewhere, carol) = (await shared.NewRoomAsync(), await shared.NewRoomAsync(), await JoinAsync());
        await using var page = await carol.LoadAndListenAsync(elsewhere, carrier);

        await SaveAsync(carol, room, "Typed");
        await page.HearAsync($"<span id=\"mark-{room}\" class=\"mark\">{Pencil}</span>");
        Assert.Equal("draft", (await carol.GetAsync($"/rooms/{elsewhere}")).TextOf($"#mark-{room}"));
        Assert.Equal("", (await shared.Ann.GetAsync($"/rooms/{elsewhere}")).TextOf($"#mark-{room}"));

        await carol.SayAsync(room, "Typed and sent");
        await page.HearWithoutAsync(Pencil + "</span>", with: $"<span id=\"mark-{room}\" class=\"mark\"></span>");
    }

    Task<Browser> JoinAsync() => shared.Site.JoinAsync(shared.Ann, $"Carol who drafts {Interlocked.Increment(ref people)}");

    static Task<Answer> SaveAsync(Browser person, RoomId room, string text, string was = "", string key = "", string thread = "") =>
        person.PostAsync($"/rooms/{room}/draft", ("draft", text), ("was", was), ("key", key), ("thread", thread));

    static string Thread(RoomId room, long seq) => $"/rooms/{room}/messages/{seq}/thread";

    Task<List<long>> ThreadsAsync(RoomId room) => shared.Site.Services.GetRequiredService<SqlReader>().AllAsync(
        $"select thread_seq from drafts where room_id = {room}", row => row.GetInt64(0), Ct);

    static async Task<string?> DraftAsync(Browser person, RoomId room) => (await person.GetAsync($"/rooms/{room}/composer")).Field("text");

    // What a page says is done in its order, and this is answered.
    static async Task HandledAsync(SocketReader page)
    {
        await page.SayAsync("""{"key":"handled","text":""}""");
        await page.HearAsync("handled");
    }
}

public sealed class SqliteKeptDraftsTests(SharedSite shared) : KeptDraftsContract(shared);

public sealed class PostgresKeptDraftsTests(PostgresSite shared) : KeptDraftsContract(shared), IClassFixture<PostgresSite>;
