using System.Net;
using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Later;

/// <summary>What people save for themselves, on either database. Each test is about somebody of its own.</summary>
public abstract class SavedContract(SharedSite shared)
{
    static int people;

    [Fact]
    public async Task A_message_is_saved_and_taken_out_by_its_page_and_the_menu_says_which()
    {
        var (dora, room) = await DoraInAsync("One.", "Two.");
        Assert.Contains("Save for later", await MenuAsync(dora, room));
        Assert.Contains("“Save for later” puts it here", (await dora.GetAsync("/later")).Text, StringComparison.Ordinal);

        foreach (var seq in new[] { 1, 2, 1 }) await SaveAsync(dora, room, seq);

        Assert.Contains("Remove from saved", await MenuAsync(dora, room));
        Assert.Contains("Save for later", await MenuAsync(shared.Bob, room));
        var list = await dora.GetAsync("/later");
        Assert.Equal(["Two.", "One."], list.Kept);
        Assert.Equal("Saved 2", list.TextOf(".tabs [aria-current]"));
        Assert.Equal($"/rooms/{room}/messages/2", list.Page.QuerySelector(".kept blockquote a")!.GetAttribute("href"));
        await dora.SubmitAsync(list, "/later", ("room", $"{room}"), ("remove", "2"));
        await dora.SubmitAsync($"/rooms/{room}/messages/1/save", ("saved", "false"));
        Assert.Empty((await dora.GetAsync("/later")).Kept);
    }

    [Fact]
    public async Task Many_are_read_page_by_page()
    {
        var (dora, room) = await DoraInAsync([.. Enumerable.Range(1, SavedMessages.PageSize + 3).Select(n => $"Number {n}.")]);
        foreach (var seq in Enumerable.Range(1, SavedMessages.PageSize + 3)) await SaveAsync(dora, room, seq);
        await shared.Site.ExecuteAsync($"update saved set saved_at_ms = 1000 where room_id = {room}"); // all at once: the number decides

        var first = await dora.GetAsync("/later");
        var second = await dora.GetAsync(first.Only("[rel=next]").GetAttribute("href")!);

        Assert.Equal(Enumerable.Range(1, SavedMessages.PageSize + 3).Reverse().Select(n => $"Number {n}."), first.Kept.Concat(second.Kept));
        Assert.Empty(second.Page.QuerySelectorAll("[rel=next]"));
        Assert.Equal(first.Kept, (await dora.GetAsync("/later?before=nonsense")).Kept);
    }

    [Fact]
    public async Task What_was_deleted_or_is_in_a_room_that_one_was_taken_out_of_is_not_listed_or_counted_any_more()
    {
        var (dora, room) = await DoraInAsync("Deleted.", "Stays.");
        var closed = await shared.Ann.NewClosedRoomAsync($"Closed for savers {people}");
        await shared.Ann.AddAsync(closed, await dora.NumberAsync());
        await shared.Ann.SayAsync(closed, "A canary.");
        foreach (var (where, seq) in new[] { (room, 1), (room, 2), (closed, 1) }) await SaveAsync(dora, where, seq);
        Assert.Equal(["A canary.", "Stays.", "Deleted."], (await dora.GetAsync("/later")).Kept);

        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{closed}/about"), $"/rooms/{closed}/about?handler=Remove", ("Person", await dora.NumberAsync()));
        await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/delete");

        var list = await dora.GetAsync("/later");
        Assert.Equal("Stays.", list.TextOf(".kept .text"));
        Assert.Equal("Saved 1", list.TextOf(".tabs [aria-current]"));
        Assert.DoesNotContain("canary", list.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await dora.GetAsync($"/rooms/{closed}/messages/1/save")).Status);
    }

    async Task<(Browser Dora, RoomId Room)> DoraInAsync(params string[] texts)
    {
        var dora = await shared.Site.JoinAsync(shared.Ann, $"Dora {Interlocked.Increment(ref people)} who saves");
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, texts);
        return (dora, room);
    }

    static async Task SaveAsync(Browser browser, RoomId room, int seq) =>
        Assert.Equal($"/rooms/{room}#m-{seq}", (await browser.SubmitAsync($"/rooms/{room}/messages/{seq}/save", ("saved", "true"))).Location);

    static async Task<string> MenuAsync(Browser browser, RoomId room) => (await browser.GetAsync($"/rooms/{room}/messages/1/more")).TextOf(".actions");
}

public sealed class SqliteSavedTests(SharedSite shared) : SavedContract(shared);

public sealed class PostgresSavedTests(PostgresSite shared) : SavedContract(shared), IClassFixture<PostgresSite>;
