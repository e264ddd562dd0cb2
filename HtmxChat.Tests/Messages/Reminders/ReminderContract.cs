using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Reminders;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Reminders;

/// <summary>What people are reminded of, on either database. Each test is about somebody of its own.</summary>
public abstract class ReminderContract(SharedSite shared)
{
    static int people;

    [Fact]
    public async Task When_the_time_has_come_all_open_pages_show_it_until_it_is_done_and_so_do_those_that_are_loaded()
    {
        var (dora, room) = await DoraInAsync("Water the plants.");
        await RemindAsync(dora, room, "20m");
        await using var socket = await dora.LoadAndListenAsync(room, Carrier.WebSocket);
        await using var events = await dora.LoadAndListenAsync(new RoomId(1), Carrier.ServerSentEvents);
        await using var anns = await shared.Ann.LoadAndListenAsync(room, Carrier.WebSocket);
        Assert.Equal(("", ""), Shown(await dora.GetAsync($"/rooms/{room}")));

        await MakeDueAsync(room);

        foreach (var page in new[] { socket, events })
        {
            await page.HearAsync("""<hx-partial hx-target="#due" hx-swap="innerMorph">""");
            await page.HearAsync("Water the plants.");
            await page.HearAsync("""<span id="later-mark" class="mark"><b class="at">1<span class="unseen"> due</span></b></span>""");
        }
        Assert.Equal(("Reminder: Bob Water the plants.Done with what Bob wrote", "1 due"), Shown(await dora.GetAsync($"/rooms/{room}")));
        await using var late = await dora.LoadAndListenAsync(new RoomId(1), Carrier.WebSocket);
        await late.HearAsync("Water the plants.");

        var list = await dora.GetAsync("/later/reminders");
        Assert.Equal(("Now", "Water the plants."), (list.TextOf("h2"), list.TextOf(".kept .text")));
        await dora.SubmitAsync(list, "/later/reminders", ("done", list.Only("[name=done]").GetAttribute("value")!));

        foreach (var page in new[] { socket, events, late }) await page.HearAsync("""<span id="later-mark" class="mark"></span>""");
        Assert.Equal(("", ""), Shown(await dora.GetAsync($"/rooms/{room}")));
        Assert.DoesNotContain("Water the plants.</span></a>", anns.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_what_one_may_not_read_any_more_nobody_is_reminded()
    {
        var (dora, room) = await DoraInAsync("Deleted.", "Still there.");
        var closed = await shared.Ann.NewClosedRoomAsync($"Closed for the reminded {people}");
        await shared.Ann.AddAsync(closed, await dora.NumberAsync());
        await shared.Ann.SayAsync(closed, "A canary.");
        foreach (var (where, seq) in new[] { (room, 1), (room, 2), (closed, 1) }) await RemindAsync(dora, where, "1h", seq);
        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Remove", ("Person", await dora.NumberAsync()));
        await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/delete");
        Assert.Equal(["Still there."], (await dora.GetAsync("/later/reminders")).Kept);
        await using var page = await dora.LoadAndListenAsync(room, Carrier.WebSocket);

        foreach (var where in new[] { closed, room }) await MakeDueAsync(where);

        await page.HearAsync("Still there.</span></a>");
        Assert.DoesNotContain("canary", page.Heard, StringComparison.Ordinal);
        Assert.Equal("1 due", Shown(await dora.GetAsync($"/rooms/{room}")).Mark);
        Assert.Equal(["Still there."], (await dora.GetAsync("/later/reminders")).Kept);
    }

    [Fact]
    public async Task What_was_told_of_a_room_that_one_is_taken_out_of_is_told_no_more()
    {
        var (dora, room) = await DoraInAsync("Elsewhere.");
        var closed = await shared.Ann.NewClosedRoomAsync($"Closed for the told {people}");
        await shared.Ann.AddAsync(closed, await dora.NumberAsync());
        await shared.Ann.SayAsync(closed, "A canary.");
        await RemindAsync(dora, closed, "1h");
        await MakeDueAsync(closed);
        await shared.Site.Services.GetRequiredService<ReminderStore>().TakeDueAsync(Ct);
        Assert.Contains("A canary.", Shown(await dora.GetAsync($"/rooms/{room}")).Due, StringComparison.Ordinal);

        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Remove", ("Person", await dora.NumberAsync()));

        Assert.Equal(("", ""), Shown(await dora.GetAsync($"/rooms/{room}")));
    }

    [Fact]
    public async Task Of_one_message_one_is_reminded_once_at_the_time_that_was_said_last()
    {
        var (dora, room) = await DoraInAsync("Once.");

        await RemindAsync(dora, room, "20m");
        await RemindAsync(dora, room, "3h");

        var list = await dora.GetAsync("/later/reminders");
        Assert.Equal(["Once."], list.Kept);
        Assert.InRange(DateTimeOffset.Parse(list.Only(".kept .hint time").GetAttribute("datetime")!, null), DateTimeOffset.UtcNow.AddHours(2.9), DateTimeOffset.UtcNow.AddHours(3));
        Assert.Contains("Cancel", list.TextOf(".kept form"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_is_over_is_refused_and_kept_and_there_is_a_most_to_wait_for()
    {
        var (dora, room) = await DoraInAsync("Too late.");
        var path = $"/rooms/{room}/messages/1/remind";

        var past = await dora.SubmitAsync(path, ("when", "at"), ("at", "2020-01-01T09:00"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "2020-01-01T09:00"), (past.Status, past.Field("at")));
        Assert.StartsWith("That time is over: it is ", past.TextOf("#when-problem"), StringComparison.Ordinal);
        Assert.Contains("by UTC", past.TextOf(".when label"), StringComparison.Ordinal);
        var byHtmx = await dora.SubmitByHtmxAsync(past, path, ("when", "at"), ("at", "2020-01-01T09:00"));
        Assert.Equal((HttpStatusCode.OK, "2020-01-01T09:00"), (byHtmx.Status, byHtmx.Only("[name=at]").GetAttribute("value")));
        Assert.Contains("chat:done", (await dora.SubmitByHtmxAsync(past, path, ("when", "1h"))).HasStatus(HttpStatusCode.NoContent).Header("HX-Trigger"), StringComparison.Ordinal);

        await dora.SayAsync(room, Enumerable.Range(1, ReminderStore.MaxWaiting + 1).Select(n => $"{n}"));
        await shared.Site.ExecuteAsync($"insert into reminders (person_id, room_id, seq, due_at_ms) select {await dora.NumberAsync()}, room_id, seq, 99999999999999 from messages where room_id = {room} and seq between 3 and {ReminderStore.MaxWaiting + 1}");
        var full = await dora.SubmitAsync($"/rooms/{room}/messages/2/remind", ("when", "1h"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, $"You wait for {ReminderStore.MaxWaiting} reminders already. Please cancel one first."), (full.Status, full.TextOf("#when-problem")));
    }

    [Fact]
    public async Task Nobody_touches_the_reminders_of_another()
    {
        var (dora, room) = await DoraInAsync("Mine.");
        await RemindAsync(dora, room, "1h");
        var reminder = (await dora.GetAsync("/later/reminders")).Only("[name=done]").GetAttribute("value")!;

        Assert.DoesNotContain("Mine.", (await shared.Bob.GetAsync("/later/reminders")).Kept);
        await shared.Bob.PostAsync("/later/reminders", ("done", reminder));

        Assert.Equal(["Mine."], (await dora.GetAsync("/later/reminders")).Kept);
    }

    [Fact]
    public async Task They_are_there_after_a_restart_and_what_came_due_meanwhile_is_told()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        await ann.SayAsync(new RoomId(1), "Remember me.");
        await RemindAsync(ann, new RoomId(1), "1h");
        await site.ExecuteAsync("update reminders set due_at_ms = 1");

        await site.RestartAsync();

        ann = ann.At(site.Address);
        await using var page = await ann.LoadAndListenAsync(new RoomId(1), Carrier.WebSocket);
        await page.HearAsync("Remember me.</span></a>");
    }

    async Task<(Browser Dora, RoomId Room)> DoraInAsync(params string[] texts)
    {
        var dora = await shared.Site.JoinAsync(shared.Ann, $"Dora {Interlocked.Increment(ref people)} who forgets");
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, texts);
        return (dora, room);
    }

    internal static async Task RemindAsync(Browser browser, RoomId room, string when, int seq = 1) =>
        Assert.Equal("/later/reminders", (await browser.SubmitAsync($"/rooms/{room}/messages/{seq}/remind", ("when", when))).Location);

    Task MakeDueAsync(RoomId room) => shared.Site.ExecuteAsync($"update reminders set due_at_ms = 1 where room_id = {room}");

    static (string Due, string Mark) Shown(Answer page) => (page.TextOf("#due"), page.TextOf("#later-mark"));
}

public sealed class SqliteReminderTests(SharedSite shared) : ReminderContract(shared);

public sealed class PostgresReminderTests(PostgresSite shared) : ReminderContract(shared), IClassFixture<PostgresSite>
{
    readonly PostgresSite shared = shared;

    [Fact]
    public async Task Where_there_are_two_nodes_one_of_them_tells_and_pages_on_both_show_it()
    {
        var (room, bob) = (await shared.NewRoomAsync(), shared.Bob);
        await bob.SayAsync(room, "On both.");
        await using var there = await shared.StartOtherNodeAsync(); // which knows the room, so, from its beginning
        await RemindAsync(bob, room, "1h");
        await using var pageHere = await bob.LoadAndListenAsync(room, Carrier.WebSocket);
        await using var pageThere = await bob.At(there.Address).LoadAndListenAsync(room, Carrier.ServerSentEvents);

        await shared.Site.ExecuteAsync($"update reminders set due_at_ms = 1 where room_id = {room}");

        foreach (var page in new[] { pageHere, pageThere }) await page.HearAsync("On both.</span></a>");
        var told = await Task.WhenAll(new[] { shared.Site, there }.Select(s => s.Services.GetRequiredService<ReminderStore>().TakeDueAsync(Ct)));
        Assert.All(told, Assert.Empty);
        await bob.PostAsync("/later/reminders", ("done", (await bob.GetAsync("/later/reminders")).Page.QuerySelector("[name=done]")!.GetAttribute("value")!));
        foreach (var page in new[] { pageHere, pageThere }) await page.HearAsync("""<span id="later-mark" class="mark"></span>""");
    }
}
