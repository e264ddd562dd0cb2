using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Messages.Pins;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Pins;

/// <summary>What is pinned in a room, on either database.</summary>
public abstract class PinContract(SharedSite shared)
{
    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task A_pin_and_how_many_there_are_reach_every_open_page_and_every_page_that_is_loaded(Carrier carrier)
    {
        var room = await SayAsync("One.", "Two.");
        await using var listening = await ann.ListenAsync(room, carrier, await ann.PositionAsync(room));

        await PinAsync(bob, room, 1);

        await listening.HearAsync("""<span id="pins" data-seq="3">1</span>""");
        await listening.HearAsync("""<small class="pin">Pinned</small>""");
        var page = await ann.GetAsync($"/rooms/{room}");
        Assert.Equal(("Pinned", "1"), (page.TextOf("#m-1 .pin"), page.TextOf("#pins")));
        Assert.Empty(page.Page.QuerySelectorAll("#m-2 .pin"));
        Assert.Equal("1", (await ann.GetAsync($"/rooms/{room}/messages/2")).TextOf("#pins"));
        await using var late = await ann.ListenAsync(room, carrier, $"{(await ann.PositionAsync(room)).Split('.')[0]}.2");
        await late.HearAsync("""<span id="pins" data-seq="3">1</span>""");
        await UnpinAsync(bob, room, 1);
        await listening.HearAsync("""<span id="pins" data-seq="5"></span>""");
        Assert.Empty((await ann.GetAsync($"/rooms/{room}")).Page.QuerySelectorAll(".pin"));
    }

    [Fact]
    public async Task The_list_has_the_newest_pin_first_and_says_who_pinned_it()
    {
        var room = await SayAsync("One.", "Two.", "Three.");
        await PinAsync(ann, room, 3);
        await PinAsync(bob, room, 1);
        await shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute($"update messages set pinned_at_ms = seq where room_id = {room} and seq = 3"), Ct);

        var list = await bob.GetAsync($"/rooms/{room}/pins");

        Assert.Equal(["One.", "Three."], list.Kept);
        Assert.Equal(["Pinned by Bob", "Pinned by Ann"], list.Page.QuerySelectorAll(".kept .hint > span").Select(t => t.TextContent));
        Assert.Equal($"/rooms/{room}/messages/1", list.Page.QuerySelector(".kept blockquote a")!.GetAttribute("href"));
        Assert.Equal($"/rooms/{room}/pins", (await bob.SubmitAsync(list, $"/rooms/{room}/pins", ("unpin", "1"))).Location);
        Assert.Equal(["Three."], (await ann.GetAsync($"/rooms/{room}/pins")).Kept);
    }

    [Fact]
    public async Task A_message_that_is_deleted_or_taken_back_is_pinned_no_more_and_restoring_it_does_not_pin_it()
    {
        var room = await SayAsync("One.", "Two.");
        foreach (var seq in new[] { 1, 2 }) await PinAsync(bob, room, seq);
        await using var listening = await ann.ListenAsync(room, Carrier.WebSocket, await ann.PositionAsync(room));

        var deleted = await bob.SubmitAsync($"/rooms/{room}/messages/1/delete");
        await listening.HearAsync("""<span id="pins" data-seq="7">1</span>""");
        await bob.SubmitAsync(deleted, $"/rooms/{room}/messages/1/restore", ("undo", deleted.Field("undo")!));
        Assert.Equal("1", (await ann.GetAsync($"/rooms/{room}")).TextOf("#pins"));
        await bob.SubmitAsync(await bob.GetAsync($"/rooms/{room}/composer?sent=2"), ComposerModel.TakeBackPath(room, 2));

        await listening.HearAsync("""<span id="pins" data-seq="10"></span>""");
        Assert.Equal(["One."], (await ann.GetAsync($"/rooms/{room}")).Messages);
        Assert.Empty((await ann.GetAsync($"/rooms/{room}/pins")).Page.QuerySelectorAll(".kept li"));
    }

    [Fact]
    public async Task What_is_too_old_for_its_room_is_not_counted_any_more()
    {
        var room = await SayAsync("Old.", "New.");
        await PinAsync(ann, room, 1);
        await shared.Site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute($"update messages set sent_at_ms = 0 where room_id = {room} and seq = 1"), Ct);
        await ann.SubmitAsync($"/rooms/{room}/settings", ("Keep", "1"));
        await using var listening = await bob.ListenAsync(room, Carrier.WebSocket, await bob.PositionAsync(room));

        await shared.Site.Services.GetRequiredService<Retention>().LookAsync(Ct);

        await listening.HearAsync("""<span id="pins" data-seq="5"></span>""");
        Assert.Equal("", (await ann.GetAsync($"/rooms/{room}")).TextOf("#pins"));
    }

    [Fact]
    public async Task Pinning_twice_changes_nothing_and_there_is_a_most_that_a_room_can_have()
    {
        var room = await SayAsync([.. Enumerable.Range(1, PinMessage.MaxPins + 1).Select(n => $"Number {n}.")]);
        foreach (var seq in Enumerable.Range(1, PinMessage.MaxPins)) await PinAsync(ann, room, seq);
        var head = await ann.PositionAsync(room);

        await PinAsync(ann, room, 1);
        var refused = await ann.SubmitAsync($"/rooms/{room}/messages/{PinMessage.MaxPins + 1}/pin", ("pinned", "true"));

        Assert.Equal((HttpStatusCode.Conflict, $"{PinMessage.MaxPins} messages are pinned here, and a room can have no more. Unpin one of them first."), (refused.Status, refused.TextOf(".problem")));
        Assert.Equal(head, await ann.PositionAsync(room));
        Assert.Equal($"{PinMessage.MaxPins}", (await ann.GetAsync($"/rooms/{room}")).TextOf("#pins"));
    }

    [Fact]
    public async Task Who_may_not_write_somewhere_sees_what_is_pinned_and_changes_nothing()
    {
        var room = await SayAsync("A rule.", "Another.");
        await PinAsync(ann, room, 1);
        var form = await bob.GetAsync($"/rooms/{room}/messages/2/pin");
        await ann.SubmitAsync($"/rooms/{room}/settings", ("Posting", nameof(PostingRule.Administrators)));

        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}/messages/2/pin")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.SubmitAsync(form, $"/rooms/{room}/messages/2/pin", ("pinned", "true"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.SubmitAsync(form, $"/rooms/{room}/pins", ("unpin", "1"))).Status);
        var list = await bob.GetAsync($"/rooms/{room}/pins");
        Assert.Equal("A rule.", list.TextOf(".kept .text"));
        Assert.Empty(list.Page.QuerySelectorAll(".kept form"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ann.SubmitAsync($"/rooms/{room}/messages/2/pin", ("pinned", "true"))).Status);
    }

    async Task<RoomId> SayAsync(params string[] texts)
    {
        var room = await shared.NewRoomAsync();
        await bob.SayAsync(room, texts);
        return room;
    }

    static async Task PinAsync(Browser browser, RoomId room, int seq) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync($"/rooms/{room}/messages/{seq}/pin", ("pinned", "true"))).Status);

    static async Task UnpinAsync(Browser browser, RoomId room, int seq) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync($"/rooms/{room}/messages/{seq}/pin", ("pinned", "false"))).Status);
}

public sealed class SqlitePinTests(SharedSite shared) : PinContract(shared);

public sealed class PostgresPinTests(PostgresSite shared) : PinContract(shared), IClassFixture<PostgresSite>;
