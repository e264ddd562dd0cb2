using System.Globalization;
using System.Net;
using HtmxChat.Tests.Messages.Reminders;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Messages.Scheduling;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Scheduling;

/// <summary>What people write to be sent later, on either database. Each test is about somebody of its own.</summary>
public abstract class ScheduledContract(SharedSite shared)
{
    const string Far = "99999999999999";

    static int people;

    [Fact]
    public async Task What_stands_in_the_composer_is_kept_until_its_time_and_then_sent_like_any_other_message()
    {
        var (dora, room) = await DoraAsync();
        var asked = await dora.PostAsync($"/rooms/{room}/later", ("text", "Happy birthday!"), ("key", ClientKey.New().Text));
        Assert.Equal((HttpStatusCode.OK, "Happy birthday!"), (asked.Status, asked.Field("text")));
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));

        Assert.Equal("/later/scheduled", (await dora.SubmitAsync(asked, Keep(room), ("text", "Happy birthday!"), ("when", "tomorrow"))).Location);

        Assert.Equal(["Happy birthday!"], (await dora.GetAsync("/later/scheduled")).Kept);
        Assert.Empty((await shared.Ann.GetAsync($"/rooms/{room}")).Messages);
        await MakeDueAsync(room);
        await listening.HearAsync("Happy birthday!");
        Assert.Equal(["Happy birthday!"], (await shared.Ann.GetAsync($"/rooms/{room}")).Messages);
        await UntilAsync(dora, list => !list.Kept.Any());
    }

    [Fact]
    public async Task Sending_the_form_twice_keeps_one_message()
    {
        var (dora, room) = await DoraAsync();
        var form = await dora.GetAsync($"/rooms/{room}/later");

        foreach (var _ in new[] { 1, 2 }) Assert.Equal("/later/scheduled", (await dora.SubmitAsync(form, Keep(room), ("text", "Once."), ("when", "1h"))).Location);

        Assert.Equal(["Once."], (await dora.GetAsync("/later/scheduled")).Kept);
    }

    [Theory]
    [InlineData("", "1h", "", "#problem", "Write something first.")]
    [InlineData("/topic Cake", "1h", "", "#problem", "This command does something at once")]
    [InlineData("/tpoic Cake", "1h", "", "#problem", "There is no /tpoic. Did you mean /topic?")]
    [InlineData("Too late.", "at", "2020-01-01T09:00", "#when-problem", "That time is over")]
    [InlineData("Never.", "", "", "#when-problem", "Please choose one of these")]
    public async Task What_cannot_be_kept_is_refused_with_the_reason_and_the_text_stays(string text, string when, string at, string where, string why)
    {
        var (dora, room) = await DoraAsync();

        var refused = await dora.SubmitAsync(await dora.GetAsync($"/rooms/{room}/later"), Keep(room), ("text", text), ("when", when), ("at", at));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, text), (refused.Status, refused.Field("text")));
        if (at.Length > 0) Assert.Equal(at, refused.Field("at"));
        Assert.StartsWith(why, refused.TextOf(where), StringComparison.Ordinal);
        Assert.Empty((await dora.GetAsync("/later/scheduled")).Kept);
    }

    [Fact]
    public async Task There_is_a_most_that_waits()
    {
        var (dora, room) = await DoraAsync();
        await KeepAsync(dora, room, "One.");
        var columns = $"select person_id, room_id, {{0}} || client_key, text, {Far} from scheduled where room_id = {room}";
        await shared.Site.ExecuteAsync($"insert into scheduled (person_id, room_id, client_key, text, due_at_ms) {string.Join(" union all ", Enumerable.Range(1, ScheduledMessages.MaxWaiting - 1).Select(n => string.Format(CultureInfo.InvariantCulture, columns, $"'k{n}'")))}");

        var refused = await dora.SubmitAsync(await dora.GetAsync($"/rooms/{room}/later"), Keep(room), ("text", "One more."), ("when", "1h"));

        Assert.StartsWith($"{ScheduledMessages.MaxWaiting} of your messages wait already.", refused.TextOf("#problem"), StringComparison.Ordinal);
        Assert.Equal("One more.", refused.Field("text"));
    }

    [Fact]
    public async Task What_waits_can_be_changed_sent_at_once_and_deleted_by_whoever_wrote_it()
    {
        var (dora, room) = await DoraAsync();
        foreach (var text in new[] { "Frist.", "Second.", "Third." }) await KeepAsync(dora, room, text);
        var list = await dora.GetAsync("/later/scheduled");
        var ids = list.Page.QuerySelectorAll("[name=send]").Select(b => b.GetAttribute("value")!).ToList();
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync($"/later/scheduled/{ids[0]}")).Status);
        await shared.Bob.PostAsync("/later/scheduled", ("delete", ids[0]));
        await shared.Bob.PostAsync("/later/scheduled", ("send", ids[0]));

        var form = await dora.GetAsync($"/later/scheduled/{ids[0]}");
        Assert.Equal("Frist.", form.Field("text"));
        await dora.SubmitAsync(form, $"/later/scheduled/{ids[0]}", ("text", "First."), ("when", "3h"));
        await dora.SubmitAsync(list, "/later/scheduled", ("send", ids[1]));
        await dora.SubmitAsync(list, "/later/scheduled", ("delete", ids[2]));

        Assert.Equal(["First."], (await dora.GetAsync("/later/scheduled")).Kept);
        Assert.Equal(["Second."], (await shared.Ann.GetAsync($"/rooms/{room}")).Messages);
        Assert.Equal(HttpStatusCode.Conflict, (await dora.SubmitAsync(list, "/later/scheduled", ("send", ids[1]))).Status);
    }

    [Fact]
    public async Task Who_was_killed_between_posting_and_forgetting_posts_it_no_second_time()
    {
        await using var site = await shared.StartAnotherAsync();
        var (ann, room) = (await site.SetUpByAnnAsync(), new RoomId(1));
        await KeepAsync(ann, room, "Once.");
        var kept = Assert.Single(await site.Services.GetRequiredService<ScheduledMessages>().ListAsync(new PersonId(1), Ct));
        await site.ExecuteAsync("update scheduled set due_at_ms = 1");
        await site.Services.GetRequiredService<PostScheduled>().LookAsync(Ct);
        Assert.Equal(["Once."], (await ann.GetAsync($"/rooms/{room}")).Messages);

        // This is what the database has of such a one.
        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(
            sql => sql.Execute("insert into scheduled (person_id, room_id, client_key, text, due_at_ms) values (1, 1, @key, @text, 1)", ("@key", kept.Key.Text), ("@text", kept.Text)), Ct);
        await site.RestartAsync();
        await site.Services.GetRequiredService<PostScheduled>().LookAsync(Ct);

        Assert.Equal(["Once."], (await ann.At(site.Address).GetAsync($"/rooms/{room}")).Messages);
        Assert.Equal([0L], await site.CountAsync("scheduled"));
    }

    [Fact]
    public async Task What_cannot_be_posted_stays_in_the_list_with_the_reason_and_its_author_is_told()
    {
        var (dora, room) = await DoraAsync();
        await KeepAsync(dora, room, "Into the archive.");
        await using var listening = await dora.LoadAndListenAsync(new RoomId(1), Carrier.WebSocket);
        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{room}/settings"), $"/rooms/{room}/settings?handler=Archive");

        await MakeDueAsync(room);

        await listening.HearAsync("A message that you wrote ahead could not be sent");
        var list = await dora.GetAsync("/later/scheduled");
        Assert.Equal(("Into the archive.", "This room is archived: it can be read, and nothing more is written in it."), (list.TextOf(".kept .text"), list.TextOf(".kept .problem")));
        Assert.Equal("1 due", (await dora.GetAsync("/rooms/1")).TextOf("#later-mark"));
        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{room}/settings"), $"/rooms/{room}/settings?handler=Archive");
        await dora.SubmitAsync(list, "/later/scheduled", ("send", list.Only("[name=send]").GetAttribute("value")!));
        Assert.Equal(["Into the archive."], (await dora.GetAsync($"/rooms/{room}")).Messages);
        await listening.HearAsync("""<span id="later-mark" class="mark"></span>""");
    }

    [Fact]
    public async Task Who_was_taken_out_of_a_room_sends_nothing_there_and_is_not_told_its_name()
    {
        var (dora, _) = await DoraAsync();
        var name = $"Closed for writers {people}";
        var closed = await shared.Ann.NewClosedRoomAsync(name);
        await shared.Ann.AddAsync(closed, await dora.NumberAsync());
        await KeepAsync(dora, closed, "From outside.");
        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Remove", ("Person", await dora.NumberAsync()));

        await MakeDueAsync(closed);

        var list = await UntilAsync(dora, l => l.Page.QuerySelector(".kept .problem") is not null);
        Assert.Equal(("From outside.", "You are not in this room any more, or it is not there any more."), (list.TextOf(".kept .text"), list.TextOf(".kept .problem")));
        Assert.DoesNotContain(name, list.Text, StringComparison.Ordinal);
        Assert.Empty((await shared.Ann.GetAsync($"/rooms/{closed}")).Messages);
    }

    [Fact]
    public async Task An_answer_to_what_has_gone_is_sent_all_the_same()
    {
        var (dora, room) = await DoraAsync();
        await shared.Bob.SayAsync(room, "Gone soon.");
        var asked = await dora.PostAsync($"/rooms/{room}/later", ("text", "I see."), ("reply", "1"));
        Assert.Equal("1", asked.Field("reply"));
        await dora.SubmitAsync(asked, Keep(room), ("text", "I see."), ("when", "1h"));
        await KeepAsync(dora, room, "And this.");
        await shared.Bob.SubmitAsync(await shared.Bob.GetAsync($"/rooms/{room}/composer?sent=1"), ComposerModel.TakeBackPath(room, 1));

        await MakeDueAsync(room);

        await UntilAsync(dora, list => !list.Kept.Any());
        Assert.Equal(["I see.", "And this."], (await dora.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Who_is_not_there_when_it_is_sent_has_not_read_what_was_said_before()
    {
        var (dora, room) = await DoraAsync();
        await dora.GetAsync($"/rooms/{room}");
        await KeepAsync(dora, room, "From afar.");
        await shared.Bob.SayAsync(room, "Anybody here?");

        await MakeDueAsync(room);

        await UntilAsync(dora, list => !list.Kept.Any());
        Assert.Equal("2 unread", (await dora.GetAsync("/rooms/1")).TextOf($"#mark-{room}"));
    }

    [Fact]
    public async Task With_an_account_or_a_room_go_what_was_saved_and_was_to_come_and_of_who_loses_their_writings_what_they_were_going_to_say()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var (dora, emil) = (await site.JoinAsync(ann, "Dora"), await site.JoinAsync(ann, "Emil"));
        var room = await ann.NewRoomAsync("Short-lived");
        foreach (var (person, where) in new[] { (dora, new RoomId(1)), (emil, new RoomId(1)), (ann, room) })
        {
            await ann.SayAsync(where, "Something.");
            await KeepAsync(person, where, "Later.");
            await person.SubmitAsync($"/rooms/{where}/messages/1/save", ("saved", "true"));
            await ReminderContract.RemindAsync(person, where, "1h");
        }
        Assert.Equal([3L, 3L, 3L], await site.CountAsync("scheduled", "saved", "reminders"));

        await dora.SubmitAsync("/account/delete", ("Confirmation", ChatSite.Password), ("Writings", "Stay"));
        Assert.Equal([2L, 2L, 2L], await site.CountAsync("scheduled", "saved", "reminders"));
        await ann.SubmitAsync(await ann.GetAsync("/admin/people/3"), "/admin/people/3", ("Deed", "Ban"), ("RemovesWritings", "true"));
        while ((await site.CountAsync("scheduled"))[0] > 1) Ct.ThrowIfCancellationRequested();
        var removal = site.Services.GetRequiredService<RemoveRooms>();
        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}/settings"), $"/rooms/{room}/settings?handler=Delete", ("Confirmation", "Short-lived"));
        while (await removal.RemoveSomeAsync(room, Ct))
        {
        }
        Assert.Equal([0L, 1L, 1L], await site.CountAsync("scheduled", "saved", "reminders"));
    }

    async Task<(Browser Dora, RoomId Room)> DoraAsync()
    {
        var dora = await shared.Site.JoinAsync(shared.Ann, $"Dora {Interlocked.Increment(ref people)} who plans");
        return (dora, await shared.NewRoomAsync());
    }

    internal static async Task KeepAsync(Browser browser, RoomId room, string text) =>
        Assert.Equal("/later/scheduled", (await browser.SubmitAsync(await browser.GetAsync($"/rooms/{room}/later"), Keep(room), ("text", text), ("when", "1h"))).Location);

    Task MakeDueAsync(RoomId room) => shared.Site.ExecuteAsync($"update scheduled set due_at_ms = 1 where room_id = {room}");

    // What a background worker does shows only after a moment.
    static async Task<Answer> UntilAsync(Browser browser, Func<Answer, bool> isSo)
    {
        using var limit = new CancellationTokenSource(Waiting.Longest);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var list = await browser.GetAsync("/later/scheduled");
            if (isSo(list)) return list;
        }
    }

    static string Keep(RoomId room) => $"/rooms/{room}/later?handler=Keep";
}

public sealed class SqliteScheduledTests(SharedSite shared) : ScheduledContract(shared);

public sealed class PostgresScheduledTests(PostgresSite shared) : ScheduledContract(shared), IClassFixture<PostgresSite>
{
    readonly PostgresSite shared = shared;

    [Fact]
    public async Task Any_number_of_nodes_post_it_once()
    {
        await using var there = await shared.StartOtherNodeAsync();
        var room = await shared.NewRoomAsync();
        foreach (var n in Enumerable.Range(1, 20)) await KeepAsync(shared.Bob, room, $"{n}");

        await shared.Site.ExecuteAsync($"update scheduled set due_at_ms = id where room_id = {room}");
        await Task.WhenAll(new[] { shared.Site, there, shared.Site, there }.Select(s => s.Services.GetRequiredService<PostScheduled>().LookAsync(Ct)));

        while ((await shared.Site.CountAsync($"scheduled where room_id = {room}"))[0] > 0) await shared.Site.Services.GetRequiredService<PostScheduled>().LookAsync(Ct);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"{n}").Order(), (await shared.Ann.GetAsync($"/rooms/{room}")).Messages.Order());
    }
}
