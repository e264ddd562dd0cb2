using System.Diagnostics;
using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Forwarding;

/// <summary>Messages that are passed on to another room, and who is shown what of them.</summary>
public abstract class ForwardContract(SharedSite shared)
{
    static int rooms;

    public static TheoryData<Carrier> Carriers => [.. Enum.GetValues<Carrier>()];

    [Fact]
    public async Task A_message_of_an_open_room_is_quoted_in_another_with_its_author_its_room_and_a_link()
    {
        var (from, to) = (await OpenAsync(), await OpenAsync());
        await shared.Bob.SayAsync(from.Room, "Tea at <four>.");
        var form = await shared.Ann.GetAsync($"/rooms/{from.Room}/messages/1/forward");
        Assert.Contains(to.Name, form.Page.QuerySelectorAll("#to option").Select(o => o.TextContent));

        var sent = await shared.Ann.SubmitAsync(form, $"/rooms/{from.Room}/messages/1/forward", ("to", $"{to.Room}"), ("text", "Shall we?"));

        Assert.Equal((HttpStatusCode.SeeOther, $"/rooms/{to.Room}#m-1"), (sent.Status, sent.Location));
        var page = await shared.Bob.GetAsync($"/rooms/{to.Room}");
        Assert.Equal($"Bob in {from.Name}Tea at <four>.", page.TextOf("#m-1 .passed"));
        Assert.Equal($"/rooms/{from.Room}/messages/1", page.Only("#m-1 .passed a").GetAttribute("href"));
        Assert.Equal(["Shall we?"], page.Messages);
    }

    [Fact]
    public async Task It_can_be_passed_on_without_a_word_but_not_where_one_may_not_write_nor_what_one_may_not_read()
    {
        var (from, to) = (await OpenAsync(), await OpenAsync());
        var closed = await shared.Ann.NewClosedRoomAsync(NewName());
        foreach (var room in new[] { from.Room, closed }) await shared.Ann.SayAsync(room, "This.");
        var form = await shared.Bob.GetAsync($"/rooms/{from.Room}/messages/1/forward");

        Assert.Equal(HttpStatusCode.SeeOther, (await shared.Bob.SubmitAsync(form, $"/rooms/{from.Room}/messages/1/forward", ("to", $"{to.Room}"))).Status);
        var refused = await shared.Bob.SubmitAsync(form, $"/rooms/{from.Room}/messages/1/forward", ("to", $"{closed}"), ("text", "Kept."));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Please choose a room.", "Kept."), (refused.Status, refused.TextOf("#forward-problem"), refused.Field("text")));
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync($"/rooms/{closed}/messages/1/forward")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.SubmitAsync(form, $"/rooms/{closed}/messages/1/forward", ("to", $"{to.Room}"))).Status);
        Assert.Single((await shared.Ann.GetAsync($"/rooms/{to.Room}")).Page.QuerySelectorAll(".message"));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task From_a_closed_room_nothing_is_shown_but_a_link_that_leads_nowhere_for_those_who_may_not_read_it(Carrier carrier)
    {
        var (to, closed) = (await OpenAsync(), await shared.Ann.NewClosedRoomAsync(NewName("Canary nest")));
        await shared.Ann.SayAsync(closed, "Canary.");
        await using var listening = await shared.Bob.ListenAsync(to.Room, carrier);

        await ForwardAsync(closed, 1, to.Room);
        await shared.Ann.SayAsync(to.Room, "The end.");
        await listening.HearAsync("The end.");

        var page = await shared.Bob.GetAsync($"/rooms/{to.Room}");
        Assert.Contains("A message from another room", listening.Heard, StringComparison.Ordinal);
        Assert.Equal("A message from another room", page.TextOf(".passed"));
        foreach (var heard in new[] { listening.Heard, page.Text }) Assert.DoesNotContain("Canary", heard, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync(page.Only(".passed a").GetAttribute("href")!)).Status);
        Assert.DoesNotContain("Canary", (await shared.Ann.GetAsync($"/rooms/{to.Room}")).Only("#messages").TextContent, StringComparison.Ordinal); // the same bytes for all
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task When_its_room_is_closed_the_quote_goes_from_every_page_and_comes_back_when_it_is_opened(Carrier carrier)
    {
        var (from, to) = (await OpenAsync(), await OpenAsync());
        await shared.Ann.SayAsync(from.Room, "Canary.");
        await ForwardAsync(from.Room, 1, to.Room);
        await using var listening = await shared.Bob.ListenAsync(to.Room, carrier);
        await listening.HearAsync("Canary.");

        await SetKindAsync(from.Room, "Closed");
        await listening.HearAsync("A message from another room");
        Assert.DoesNotContain("Canary", (await shared.Bob.GetAsync($"/rooms/{to.Room}")).Text, StringComparison.Ordinal);
        await using (var late = await shared.Bob.ListenAsync(to.Room, carrier))
        {
            await late.HearAsync("A message from another room");
            Assert.DoesNotContain("Canary", late.Heard, StringComparison.Ordinal);
        }

        await SetKindAsync(from.Room, "Open");
        await shared.Ann.SayAsync(to.Room, "The end.");
        await listening.HearAsync("The end.");
        Assert.Contains("Canary.", (await shared.Bob.GetAsync($"/rooms/{to.Room}")).TextOf(".passed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_becomes_of_the_message_is_shown_wherever_it_was_passed_on()
    {
        var (from, to) = (await OpenAsync(), await OpenAsync());
        await shared.Ann.SayAsync(from.Room, "Frist.", "Gone soon.");
        foreach (var seq in new[] { 1, 2 }) await ForwardAsync(from.Room, seq, to.Room);
        await using var listening = await shared.Bob.ListenAsync(to.Room, Carrier.WebSocket, await shared.Bob.PositionAsync(to.Room));

        await shared.Ann.SubmitAsync($"/rooms/{from.Room}/messages/1/edit", ("text", "First."));
        await listening.HearAsync("First.");
        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{from.Room}/composer?sent=2"), ComposerModel.TakeBackPath(from.Room, 2));
        await listening.HearAsync("""<hx-partial hx-target="#m-2" hx-swap="outerMorph">""");
        var deleted = await shared.Ann.SubmitAsync($"/rooms/{from.Room}/messages/1/delete");
        var page = await shared.Bob.GetAsync($"/rooms/{to.Room}");
        Assert.Equal(["A message from another room", "A message from another room"], page.Page.QuerySelectorAll(".passed").Select(q => q.TextContent.Trim()));
        foreach (var text in new[] { "Frist", "First", "Gone soon" }) Assert.DoesNotContain(text, page.Text, StringComparison.Ordinal);

        await shared.Ann.SubmitAsync(deleted, $"/rooms/{from.Room}/messages/1/restore");
        Assert.EndsWith("First.", (await shared.Bob.GetAsync($"/rooms/{to.Room}")).TextOf("#m-1 .passed"), StringComparison.Ordinal);
        await shared.Ann.SubmitAsync($"/rooms/{from.Room}/settings?handler=Delete", ("Confirmation", from.Name));
        Assert.Equal("A message from another room", (await shared.Bob.GetAsync($"/rooms/{to.Room}")).TextOf("#m-1 .passed"));
    }

    [Fact]
    public async Task A_node_that_was_killed_between_the_deletion_and_the_quotes_does_the_rest_at_its_next_start()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var (from, to) = (await ann.NewRoomAsync(NewName()), await ann.NewRoomAsync(NewName()));
        await ann.SayAsync(from, "Canary.");
        await ann.SubmitAsync($"/rooms/{from}/messages/1/forward", ("to", $"{to}"), ("text", "Look."));
        var (position, before) = (await ann.PositionAsync(to), await site.CountAsync("events"));

        // All of it that a kill leaves: what was committed.
        await site.Services.GetRequiredService<Web.Messages.MessageStore>().DeleteAsync(from, [1], Ct);
        await site.RestartAsync();

        await using var listening = await ann.At(site.Address).ListenAsync(to, Carrier.WebSocket, position);
        await listening.HearAsync("A message from another room");
        Assert.DoesNotContain("Canary", listening.Heard, StringComparison.Ordinal);
        while ((await site.CountAsync("changed_originals"))[0] > 0) await Task.Yield();
        Assert.Equal(before[0] + 2, (await site.CountAsync("events"))[0]); // once
    }

    [Fact]
    public async Task What_a_node_leaves_undone_is_done_by_one_that_runs()
    {
        var (from, to) = (await OpenAsync(), await OpenAsync());
        await shared.Ann.SayAsync(from.Room, "Canary.");
        await ForwardAsync(from.Room, 1, to.Room);
        await using var listening = await shared.Bob.ListenAsync(to.Room, Carrier.WebSocket, await shared.Bob.PositionAsync(to.Room));

        await shared.Site.Services.GetRequiredService<Web.Messages.MessageStore>().DeleteAsync(from.Room, [1], Ct);

        await listening.HearAsync("A message from another room");
    }

    [Fact]
    public async Task What_is_deleted_is_gone_within_a_second_from_every_page_list_quote_and_pin()
    {
        var (from, to) = (await OpenAsync(), await OpenAsync());
        var times = new List<TimeSpan>();
        for (var n = 0; n < 3; n++)
        {
            await shared.Ann.SayAsync(from.Room, "Canary for @bob, https://canary.example/.");
            var seq = long.Parse((await shared.Ann.GetAsync($"/rooms/{from.Room}")).Page.QuerySelectorAll("#messages .message")[^1].Id![2..]);
            await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{from.Room}?reply={seq}"), $"/rooms/{from.Room}", ("text", "An answer."));
            var at = $"/rooms/{from.Room}/messages/{seq}";
            await shared.Ann.SubmitAsync($"{at}/pin", ("pinned", "true"));
            await shared.Bob.SubmitAsync($"{at}/save", ("saved", "true"));
            await shared.Bob.SubmitAsync($"{at}/remind", ("when", "1h"));
            await ForwardAsync(from.Room, seq, to.Room);
            await using var origin = await shared.Bob.ListenAsync(from.Room, Carrier.WebSocket, await shared.Bob.PositionAsync(from.Room));
            await using var stream = await shared.Bob.ListenAsync(from.Room, Carrier.ServerSentEvents, await shared.Bob.PositionAsync(from.Room));
            await using var quoting = await shared.Bob.ListenAsync(to.Room, Carrier.WebSocket, await shared.Bob.PositionAsync(to.Room));
            Assert.Contains("Canary", (await shared.Bob.GetAsync("/later")).Text, StringComparison.Ordinal);
            var form = await shared.Ann.GetAsync($"{at}/delete");
            var begun = Stopwatch.GetTimestamp();

            await shared.Ann.SubmitAsync(form, $"{at}/delete");
            foreach (var reader in new[] { origin, stream })
            {
                await reader.HearAsync("This message was deleted.");
                await reader.HearAsync("An earlier message");
            }
            await quoting.HearAsync("A message from another room");
            times.Add(Stopwatch.GetElapsedTime(begun));

            foreach (var page in new[] { $"/rooms/{from.Room}", $"/rooms/{to.Room}", at, $"/rooms/{from.Room}/pins", "/later", "/later/reminders", "/mentions" })
                Assert.DoesNotContain("Canary", (await shared.Bob.GetAsync(page)).Text, StringComparison.Ordinal);
            Assert.Equal([0L], await shared.Site.Services.GetRequiredService<Web.Storage.SqlReader>().AllAsync($"select count(*) from messages where room_id = {from.Room} and (text like '%anary%' or preview is not null)", row => row.GetInt64(0), Ct));
        }

        // The best of them: the machine may be busy with something else, and what takes a second by design takes it each time.
        Assert.InRange(times.Min(), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task The_world_is_quoted_nothing_that_it_may_not_read()
    {
        await shared.Ann.SetPublicRoomsAsync();
        var (from, to, stranger) = (await OpenAsync(), await OpenAsync(), shared.Site.NewBrowser());
        await shared.Ann.SayAsync(from.Room, "Canary.");
        await ForwardAsync(from.Room, 1, to.Room);
        await shared.Ann.PublishAsync(to.Room);
        await ForwardAsync(from.Room, 1, to.Room);

        var seen = await stranger.GetAsync($"/rooms/{to.Room}");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.DoesNotContain("Canary", seen.Text, StringComparison.Ordinal);
        Assert.Equal(["Canary.", ""], await QuotesAsync(to.Room)); // what was said before is not the world's

        await shared.Ann.PublishAsync(from.Room, Web.Rooms.WorldReads.Everything);
        Assert.Contains("Canary.", (await stranger.GetAsync($"/rooms/{to.Room}")).Text, StringComparison.Ordinal);
        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{from.Room}/public"), $"/rooms/{from.Room}/public?handler=TakeBack");
        Assert.DoesNotContain("Canary", (await stranger.GetAsync($"/rooms/{to.Room}")).Text, StringComparison.Ordinal);
        Assert.Equal(["Canary.", ""], await QuotesAsync(to.Room));
    }

    [Fact]
    public async Task In_its_own_room_it_is_not_quoted_to_those_who_came_after_it()
    {
        var name = NewName();
        var room = await shared.Ann.NewClosedRoomAsync(name);
        await shared.Ann.SubmitAsync($"/rooms/{room}/settings", ("Name", name), ("Kind", "Closed"), ("Posting", "Everybody"), ("ShowsHistory", "false"));
        await shared.Ann.SayAsync(room, "Canary.");
        await ForwardAsync(room, 1, room);
        Assert.Equal(["Canary."], await QuotesAsync(room));
        await shared.Ann.AddAsync(room, "2");

        await ForwardAsync(room, 1, room);

        Assert.DoesNotContain("Canary", (await shared.Bob.GetAsync($"/rooms/{room}")).Text, StringComparison.Ordinal);
        Assert.Equal(["Canary.", ""], await QuotesAsync(room));
    }

    static string NewName(string name = "Forwarding") => $"{name} {Interlocked.Increment(ref rooms)}";

    async Task<(RoomId Room, string Name)> OpenAsync()
    {
        var name = NewName();
        return (await shared.Ann.NewRoomAsync(name), name);
    }

    async Task ForwardAsync(RoomId from, long seq, RoomId to) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await shared.Ann.SubmitAsync($"/rooms/{from}/messages/{seq}/forward", ("to", $"{to}"), ("text", "Look."))).Status);

    async Task SetKindAsync(RoomId room, string kind) => Assert.Equal(HttpStatusCode.Redirect, (await shared.Ann.SubmitAsync($"/rooms/{room}/settings", ("Kind", kind))).Status);

    async Task<IEnumerable<string>> QuotesAsync(RoomId room) => (await shared.Ann.GetAsync($"/rooms/{room}")).Page.QuerySelectorAll(".passed").Select(q => q.QuerySelector("p")?.TextContent ?? "");
}

public sealed class SqliteForwardTests(SharedSite shared) : ForwardContract(shared);

public sealed class PostgresForwardTests(PostgresSite shared) : ForwardContract(shared), IClassFixture<PostgresSite>;
