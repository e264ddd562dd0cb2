using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Polls;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Polls;

/// <summary>Polls, by the pages for them.</summary>
public abstract class PollContract(SharedSite shared)
{
    [Fact]
    public async Task A_poll_is_a_message_and_votes_are_counted_live()
    {
        var (room, at) = await BobAsksAsync();
        await using var listening = await shared.Bob.ListenAsync(room, Carrier.WebSocket, await shared.Bob.PositionAsync(room));
        Assert.Equal(["Where do we eat?"], (await shared.Ann.GetAsync($"/rooms/{room}")).Messages);
        Assert.Equal(["Pizza 0", "Soup 0", "<i>Nothing</i> 0"], await AnswersAsync(room));

        Assert.Equal($"/rooms/{room}#m-1", (await shared.Ann.SubmitAsync($"{at}/poll", ("choice", "1"))).Location);
        await listening.HearAsync("""data-by="1"><span dir="auto">Soup</span> <b>1</b>""");
        Assert.Equal("1", (await shared.Ann.GetAsync($"{at}/poll")).Only("[name=choice][checked]").GetAttribute("value"));
        await shared.Ann.SubmitAsync($"{at}/poll", ("choice", "0")); // another mind
        await shared.Bob.SubmitAsync($"{at}/poll", ("choice", "0"));
        Assert.Equal(["Pizza 2", "Soup 0", "<i>Nothing</i> 0"], await AnswersAsync(room));
        Assert.Contains("Pizza: 2 – Ann, Bob", (await shared.Bob.GetAsync($"{at}/poll")).Text.Replace("</b>", "", StringComparison.Ordinal).Replace("<span dir=\"auto\">", "", StringComparison.Ordinal), StringComparison.Ordinal);

        await shared.Ann.SubmitAsync($"{at}/poll", ("none", "true"));
        Assert.Equal(["Pizza 1", "Soup 0", "<i>Nothing</i> 0"], await AnswersAsync(room));
    }

    [Fact]
    public async Task Fifty_votes_at_once_all_count()
    {
        var (room, _) = await BobAsksAsync();
        var vote = shared.Site.Services.GetRequiredService<VoteInPoll>();
        var access = await AccessAsync(room);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => vote.PressAsync(access, 1, new PersonId(8_000 + n), n % 2, Wish.Join, Ct))));

        Assert.Equal(["Pizza 25", "Soup 25", "<i>Nothing</i> 0"], await AnswersAsync(room));
    }

    [Fact]
    public async Task Its_author_and_administrators_close_it_and_then_nobody_votes()
    {
        var (room, at) = await BobAsksAsync();
        var carol = await shared.Site.JoinAsync(shared.Ann, $"Carol in {room}");
        await carol.SubmitAsync($"{at}/poll", ("choice", "2"));
        Assert.Equal(HttpStatusCode.NotFound, (await carol.PostAsync($"{at}/poll?handler=Close")).Status);
        var form = await carol.GetAsync($"{at}/poll");

        await shared.Bob.SubmitAsync(await shared.Bob.GetAsync($"{at}/poll"), $"{at}/poll?handler=Close");

        Assert.EndsWith("closed · Who voted", (await shared.Ann.GetAsync($"/rooms/{room}")).TextOf(".poll small"), StringComparison.Ordinal);
        var late = await carol.SubmitAsync(form, $"{at}/poll", ("choice", "1"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, VoteInPoll.IsClosed), (late.Status, late.TextOf("main .problem")));
        Assert.Equal(["Pizza 0", "Soup 0", "<i>Nothing</i> 1"], await AnswersAsync(room));
    }

    [Fact]
    public async Task Asked_twice_with_one_form_it_is_asked_once()
    {
        var room = await shared.NewRoomAsync();
        var form = await shared.Bob.GetAsync($"/rooms/{room}/poll");
        foreach (var _ in Enumerable.Range(0, 2)) Assert.Equal($"/rooms/{room}#m-1", (await AskAsync(form, room, "Twice?", "Yes", "No")).Location);
        Assert.Equal(["Twice?"], (await shared.Ann.GetAsync($"/rooms/{room}")).Messages);

        var other = await AskAsync(form, room, "Twice?", "Yes", "Never");
        Assert.Equal((HttpStatusCode.Conflict, PostWords.KeyUsedBefore), (other.Status, other.TextOf("main form .problem")));
        Assert.Equal($"/rooms/{room}#m-2", (await AskAsync(other, room, "Twice?", "Yes", "Never")).Location); // with the new form that came back
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_with_the_reason_and_everything_is_kept()
    {
        var room = await shared.NewRoomAsync();
        var form = await shared.Bob.GetAsync($"/rooms/{room}/poll");

        var refused = await AskAsync(form, room, "Which?", "Only one", "", "", "", "");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Give at least two answers to choose from."), (refused.Status, refused.TextOf("main form .problem")));
        Assert.Equal(("Which?", "Only one"), (refused.Field("text"), refused.Page.QuerySelector("[name=choice]")!.GetAttribute("value")));
        Assert.Equal("Write something first.", (await AskAsync(form, room, " ", "Yes", "No")).TextOf("main form .problem"));
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Editing_the_question_leaves_the_votes_and_deleting_it_takes_all_until_it_is_undone()
    {
        var (room, at) = await BobAsksAsync();
        await shared.Ann.SubmitAsync($"{at}/poll", ("choice", "1"));

        await shared.Bob.SubmitAsync($"{at}/edit", ("text", "Where shall we eat?"));
        Assert.Equal(["Pizza 0", "Soup 1", "<i>Nothing</i> 0"], await AnswersAsync(room));

        var deleted = await shared.Bob.SubmitAsync($"{at}/delete");
        Assert.DoesNotContain("Pizza", (await shared.Ann.GetAsync($"/rooms/{room}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync($"{at}/poll")).Status);
        await shared.Bob.SubmitAsync(deleted, $"{at}/restore", ("undo", deleted.Field("undo")!));
        Assert.Equal(["Pizza 0", "Soup 1", "<i>Nothing</i> 0"], await AnswersAsync(room));
    }

    [Fact]
    public async Task Who_may_not_write_there_neither_asks_nor_votes()
    {
        var (room, at) = await BobAsksAsync();
        var (asks, votes) = (await shared.Bob.GetAsync($"/rooms/{room}/poll"), await shared.Bob.GetAsync($"{at}/poll"));
        await shared.Ann.SubmitAsync($"/rooms/{room}/settings", ("Posting", "Administrators"));

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(asks, room, "May I?", "Yes", "No")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.Bob.SubmitAsync(votes, $"{at}/poll", ("choice", "0"))).Status);
        Assert.Empty((await shared.Bob.GetAsync($"{at}/poll")).Page.QuerySelectorAll("[name=choice]"));
        Assert.Equal(["Pizza 0", "Soup 0", "<i>Nothing</i> 0"], await AnswersAsync(room));
    }

    [Fact]
    public async Task It_counts_as_many_votes_as_it_can_show_and_then_whoever_has_voted_may_change_their_mind()
    {
        var (room, at) = await BobAsksAsync();
        await shared.Ann.SubmitAsync($"{at}/poll", ("choice", "0"));
        var others = new PollOption("Pizza", [1, .. Enumerable.Range(1_000_000, Poll.MaxVotes - 1).Select(n => (long)n)]);
        await shared.Site.ExecuteAsync($"update messages set poll = '{new Poll([others, new("Soup", []), new("<i>Nothing</i>", [])], AllowsSeveral: false, IsClosed: false).Stored()}' where room_id = {room}");

        var late = await shared.Bob.SubmitAsync($"{at}/poll", ("choice", "1"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, VoteInPoll.IsFull), (late.Status, late.TextOf("main .problem")));
        await shared.Ann.SubmitAsync($"{at}/poll", ("choice", "1"));
        Assert.Equal([$"Pizza {Poll.MaxVotes - 1}", "Soup 1", "<i>Nothing</i> 0"], await AnswersAsync(room));
    }

    [Fact]
    public async Task A_message_that_asks_nothing_has_no_poll()
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, "No question.");

        Assert.Equal(HttpStatusCode.NotFound, (await shared.Ann.GetAsync($"/rooms/{room}/messages/1/poll")).Status);
    }

    async Task<RoomAccess> AccessAsync(RoomId room) => (await shared.Site.Services.GetRequiredService<RoomDirectory>().FindAsync(room, new(new PersonId(1), "Ann", Role.Administrator), Ct))!;

    async Task<(RoomId Room, string At)> BobAsksAsync()
    {
        var room = await shared.NewRoomAsync();
        Assert.Equal($"/rooms/{room}#m-1", (await AskAsync(await shared.Bob.GetAsync($"/rooms/{room}/poll"), room, "Where do we eat?", "Pizza", "Soup", "<i>Nothing</i>")).Location);
        return (room, $"/rooms/{room}/messages/1");
    }

    Task<Answer> AskAsync(Answer form, RoomId room, string question, params string[] choices) =>
        shared.Bob.SubmitAsync(form, $"/rooms/{room}/poll", [("text", question), .. choices.Select(c => ("choice", c))]);

    async Task<IEnumerable<string>> AnswersAsync(RoomId room) => (await shared.Ann.GetAsync($"/rooms/{room}")).Page.QuerySelectorAll(".answer").Select(a => a.TextContent.Trim());
}

public sealed class SqlitePollTests(SharedSite shared) : PollContract(shared);

public sealed class PostgresPollTests(PostgresSite shared) : PollContract(shared), IClassFixture<PostgresSite>;
