using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Housekeeping;

/// <summary>Messages that are older than their room keeps them, on either database.</summary>
public abstract class RetentionContract(SharedSite shared)
{
    const int Old = 120;
    const string Canary = "Of the day before yesterday";

    readonly Browser ann = shared.Ann;
    readonly Retention retention = shared.Site.Services.GetRequiredService<Retention>();
    readonly IRoomHistory history = shared.Site.Services.GetRequiredService<IRoomHistory>();

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    [InlineData(Carrier.Html)]
    public async Task What_is_too_old_goes_for_good_and_from_open_pages(Carrier carrier)
    {
        var room = await NewRoomAsync(keep: "1");
        await using var listening = await ann.ListenAsync(room, carrier, await ann.PositionAsync(room));

        await retention.LookAsync(Ct);
        await listening.HearAsync($"m-{Old}");

        Assert.Equal(["New."], (await ann.GetAsync($"/rooms/{room}")).Messages);
        Assert.Equal(["New."], await AllAsync($"select text from messages where room_id = {room}"));
        foreach (var other in Enum.GetValues<Carrier>())
        {
            await using var late = await ann.ListenAsync(room, other, $"{(await ann.PositionAsync(room)).Split('.')[0]}.1");
            await late.HearAsync("New.");
            Assert.DoesNotContain(Canary, late.Heard, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Numbers_stay_without_gaps_and_replaying_from_any_of_them_ends_at_the_page_that_is_loaded_anew()
    {
        var room = await NewRoomAsync(keep: "1");
        var before = await history.EventsAsync(room, 0, limit: 500, Ct);
        Assert.Equal(Old + 1, before.Count);

        await retention.LookAsync(Ct);
        await ann.SayAsync(room, "Newer.");

        var after = await history.EventsAsync(room, 0, limit: 500, Ct);
        Assert.Equal(Enumerable.Range(1, 2 * Old + 2).Select(n => (long)n), after.Select(e => e.Seq));
        foreach (var from in new[] { 0, 1, Old, Old + 1 })
        {
            var page = new Dictionary<string, LogEvent>();
            foreach (var e in before.Take(from).Concat(after.Skip(from)))
            {
                if (e.Kind == LogEventKind.Remove) page.Remove(e.ElementId);
                else page[e.ElementId] = e;
            }
            Assert.Equal([$"m-{Old + 1}", $"m-{2 * Old + 2}"], page.Keys.Order());
        }
        Assert.Equal(["New.", "Newer."], (await ann.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task What_has_gone_is_not_unread_any_more_on_the_page_and_on_open_ones()
    {
        var (here, room) = (await shared.NewRoomAsync(), await ann.NewClosedRoomAsync($"Kept for a day {Guid.NewGuid():N}"));
        await ann.AddAsync(room, "2");
        await FillAsync(room, keep: "1");
        await using var page = await shared.Bob.LoadAndListenAsync(here, Carrier.WebSocket);
        Assert.Equal("99+ unread", await MarkAsync());

        await retention.LookAsync(Ct);

        await page.HearAsync($"<span id=\"mark-{room}\" class=\"mark\"><b>1<span class=\"unseen\"> unread</span></b></span>");
        Assert.Equal("1 unread", await MarkAsync());
        await ann.SayAsync(room, "Newer.");
        Assert.Equal("2 unread", await MarkAsync());
        Assert.Equal([(long)Old], await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync($"select expired_count from rooms where id = {room}", row => row.GetInt64(0), Ct));

        async Task<string> MarkAsync() => (await shared.Bob.GetAsync($"/rooms/{here}")).Only($"#mark-{room}").TextContent;
    }

    [Fact]
    public async Task A_room_that_keeps_its_messages_for_ever_or_longer_keeps_them()
    {
        var (forEver, longer) = (await NewRoomAsync(keep: ""), await NewRoomAsync(keep: "30"));

        await retention.LookAsync(Ct);

        foreach (var room in new[] { forEver, longer }) Assert.Equal([(long)Old + 1], await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync($"select count(*) from messages where room_id = {room}", row => row.GetInt64(0), Ct));
    }

    [Fact]
    public async Task A_page_of_a_room_in_which_nothing_is_left_opens_and_goes_on()
    {
        await using var site = await shared.StartAnotherAsync();
        var (own, room) = (await site.SetUpByAnnAsync(), new RoomId(1));
        await own.SayAsync(room, Enumerable.Range(1, Old).Select(i => $"{Canary} {i}."));
        await own.SubmitAsync($"/rooms/{room}/settings", ("Keep", "1"));
        await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update messages set sent_at_ms = 0"), Ct);
        await site.Services.GetRequiredService<Retention>().LookAsync(Ct);
        Assert.Equal([0L, 2L * Old], await site.CountAsync("messages", "events"));

        // A log that has to begin with nothing but what has gone.
        await site.RestartAsync();
        own = own.At(site.Address);
        Assert.Empty((await own.GetAsync($"/rooms/{room}")).Messages);
        await using var listening = await own.ListenAsync(room, Carrier.WebSocket, await own.PositionAsync(room));
        await own.SayAsync(room, "A new beginning.");

        await listening.HearAsync("A new beginning.");
    }

    [Fact]
    public async Task Only_an_administrator_says_how_long_a_room_keeps_its_messages()
    {
        var room = await shared.Bob.NewRoomAsync($"Kept {Guid.NewGuid():N}");
        var settings = await shared.Bob.GetAsync($"/rooms/{room}/settings");
        Assert.Empty(settings.Page.QuerySelectorAll("[name=Keep]"));

        await shared.Bob.SubmitAsync(settings, $"/rooms/{room}/settings", ("Keep", "1"));
        Assert.Equal("", (await ann.GetAsync($"/rooms/{room}/settings")).Field("Keep") ?? "");
        await ann.SubmitAsync($"/rooms/{room}/settings", ("Keep", "7"));
        await shared.Bob.SubmitAsync(settings, $"/rooms/{room}/settings", ("About", "By Bob"));

        Assert.Equal("7", (await ann.GetAsync($"/rooms/{room}/settings")).Field("Keep"));
        Assert.Equal("Please give a number of days from 1 to 3650, or leave it empty.", (await ann.SubmitAsync($"/rooms/{room}/settings", ("Keep", "0"))).TextOf("#keep-problem"));
    }

    /// <summary>With old messages and a new one.</summary>
    async Task<RoomId> NewRoomAsync(string keep)
    {
        var room = await shared.NewRoomAsync();
        await FillAsync(room, keep);
        return room;
    }

    async Task FillAsync(RoomId room, string keep)
    {
        await ann.SayAsync(room, Enumerable.Range(1, Old).Select(i => $"{Canary} {i}."));
        await ann.SayAsync(room, "New.");
        await shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(
            sql => sql.Execute($"update messages set sent_at_ms = sent_at_ms - {(long)TimeSpan.FromDays(2).TotalMilliseconds} where room_id = {room} and seq <= {Old}"), Ct);
        await ann.SubmitAsync($"/rooms/{room}/settings", ("Keep", keep));
    }

    Task<List<string>> AllAsync(string query) => shared.Site.Services.GetRequiredService<SqlReader>().AllAsync(query, row => row.GetString(0), Ct);
}

public sealed class SqliteRetentionTests(SharedSite shared) : RetentionContract(shared);

public sealed class PostgresRetentionTests(PostgresSite shared) : RetentionContract(shared), IClassFixture<PostgresSite>;
