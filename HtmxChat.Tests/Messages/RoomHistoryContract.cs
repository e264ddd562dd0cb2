using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages;

/// <summary>On either database.</summary>
public abstract class RoomHistoryContract(SharedSite shared)
{
    readonly IRoomHistory history = shared.Site.Services.GetRequiredService<IRoomHistory>();
    readonly MessageStore store = shared.Site.Services.GetRequiredService<MessageStore>();

    [Fact]
    public async Task Events_are_given_in_order_without_gaps_after_a_number_and_up_to_a_limit()
    {
        var room = await NewRoomWithChangesAsync();

        Assert.Equal([1, 2, 3, 4, 5, 6], (await history.EventsAsync(room, after: 0, limit: 100, Ct)).Select(e => e.Seq));
        Assert.Equal([3, 4], (await history.EventsAsync(room, after: 2, limit: 2, Ct)).Select(e => e.Seq));
        Assert.Empty(await history.EventsAsync(room, after: 6, limit: 100, Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Replaying_the_events_after_any_number_ends_at_the_page_that_is_loaded_anew(int after)
    {
        var room = await NewRoomWithChangesAsync();
        var page = new Dictionary<string, string>();

        // What a page had that stood at this number is of no matter: later events replace what has changed.
        foreach (var e in await history.EventsAsync(room, 0, limit: after, Ct)) Apply(page, e);
        foreach (var e in await history.EventsAsync(room, after, limit: 100, Ct)) Apply(page, e);

        Assert.Equal(["One.", "Two, edited.", "This message was deleted.", "Four."], new Answer(default, string.Concat(page.Values), new Dictionary<string, string>()).Messages.Select(m => m.Replace(" (edited)", "", StringComparison.Ordinal)));
        Assert.EndsWith(string.Concat(page.Values), Utf8((await history.SnapshotAsync(room, from: 0, Ct)).Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_says_which_number_it_shows()
    {
        var room = await NewRoomWithChangesAsync();

        Assert.Equal(6, (await history.SnapshotAsync(room, from: 0, Ct)).Head);
        Assert.DoesNotContain('\n', Utf8((await history.SnapshotAsync(room, from: 0, Ct)).Html));
    }

    [Fact]
    public async Task The_newest_numbers_of_several_rooms_are_one_answer()
    {
        var (busy, quiet, missing) = (await NewRoomWithChangesAsync(), await shared.NewRoomAsync(), new RoomId(999_999));

        Assert.Equal((6, 0, 0), (await history.HeadAsync(busy, Ct), await history.HeadAsync(quiet, Ct), await history.HeadAsync(missing, Ct)));
        var heads = await history.HeadsAsync([busy, quiet, missing], Ct);
        Assert.Equal(new Dictionary<RoomId, long> { [busy] = 6, [quiet] = 0 }, heads);
    }

    /// <summary>Three posts, an edit, a deletion, and one more post.</summary>
    async Task<RoomId> NewRoomWithChangesAsync()
    {
        var room = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, "One.", "Two.", "Three.");
        await store.EditAsync(room, 2, Draft.Parse("Two, edited.", out _)!, editedAt: null, Ct);
        await store.DeleteAsync(room, [3], Ct);
        await shared.Ann.SayAsync(room, "Four.");
        return room;
    }

    static void Apply(Dictionary<string, string> page, LogEvent e)
    {
        if (e.Kind == LogEventKind.Insert) Assert.DoesNotContain(e.ElementId, page.Keys);
        else Assert.Contains(e.ElementId, page.Keys);
        page[e.ElementId] = Utf8(e.Html);
    }

    static string Utf8(ReadOnlyMemory<byte> html) => Encoding.UTF8.GetString(html.Span);
}

public sealed class SqliteRoomHistoryTests(SharedSite shared) : RoomHistoryContract(shared);

public sealed class PostgresRoomHistoryTests(PostgresSite shared) : RoomHistoryContract(shared), IClassFixture<PostgresSite>;
