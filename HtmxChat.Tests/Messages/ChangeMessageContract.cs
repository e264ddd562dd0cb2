using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages;

/// <summary>Editing, deleting, taking back and answering, by the pages for it.</summary>
public abstract class ChangeMessageContract(SharedSite shared)
{
    static int rooms;

    [Fact]
    public async Task An_author_edits_a_message_by_its_page_and_everybody_sees_it()
    {
        var (room, at) = await BobSaysAsync("Frist.");
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));
        var form = await shared.Bob.GetAsync($"{at}/edit");
        Assert.Equal("Frist.", form.Field("text"));

        var edited = await shared.Bob.SubmitAsync(form, $"{at}/edit", ("text", "First."));

        Assert.Equal((HttpStatusCode.SeeOther, $"/rooms/{room}#m-1"), (edited.Status, edited.Location));
        await listening.HearAsync("""<hx-partial hx-target="#m-1" hx-swap="outerMorph">""");
        Assert.Equal(["First. (edited)"], listening.Messages);
        Assert.Equal(["First. (edited)"], (await shared.Ann.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task A_page_without_script_shows_the_new_version_and_hides_the_old_one()
    {
        var (room, at) = await BobSaysAsync("My secret.");
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.Html);
        await listening.HearAsync("My secret.");

        await shared.Bob.SubmitAsync($"{at}/delete");

        await listening.HearAsync("/live/superseded.css?id=m-1&amp;seq=2");
        await listening.HearAsync("This message was deleted.");
        Assert.Equal(["This message was deleted."], (await shared.Ann.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Nobody_changes_what_another_has_said_but_an_administrator()
    {
        var (room, at) = await BobSaysAsync("Mine.");
        var carol = await shared.Site.JoinAsync(shared.Ann, $"Carol of {room}");

        foreach (var page in new[] { "edit", "delete" }) Assert.Equal(HttpStatusCode.NotFound, (await carol.GetAsync($"{at}/{page}")).Status);
        Assert.Equal(["Answer", "Reply in a thread", "Pin", "Forward…", "Save for later", "Remind me…", "Copy link", "Copy text", "Mark as unread from here", "Report"], Actions(await carol.GetAsync($"{at}/more")));
        Assert.Equal(["Answer", "Reply in a thread", "Edit", "Pin", "Forward…", "Save for later", "Remind me…", "Copy link", "Copy text", "Mark as unread from here", "Delete"], Actions(await shared.Bob.GetAsync($"{at}/more")));
        Assert.Equal(["Answer", "Reply in a thread", "Edit", "Pin", "Forward…", "Save for later", "Remind me…", "Copy link", "Copy text", "Mark as unread from here", "Report", "Delete"], Actions(await shared.Ann.GetAsync($"{at}/more")));
        foreach (var (path, fields) in new (string, (string, string)[])[] { ("edit", [("text", "Yours.")]), ("delete", []), ("restore", [("undo", "x")]) })
        {
            var form = await shared.Bob.GetAsync($"{at}/{(path == "restore" ? "delete" : path)}");
            Assert.NotEqual(HttpStatusCode.SeeOther, (await carol.SubmitAsync(await carol.GetAsync($"{at}/report"), $"{at}/{path}", fields)).Status);
        }
        Assert.Equal(["Mine."], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);

        await shared.Ann.SubmitAsync($"{at}/delete");
        Assert.StartsWith("This message was removed by an administrator.", (await shared.Bob.GetAsync($"/rooms/{room}")).Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_said_cannot_be_edited_in_and_the_text_is_kept()
    {
        var (room, at) = await BobSaysAsync("Something.");
        var excess = new string('x', Draft.MaxLength + 1);

        var empty = await shared.Bob.SubmitAsync($"{at}/edit", ("text", " "));
        var tooLong = await shared.Bob.SubmitAsync($"{at}/edit", ("text", excess));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Write something first."), (empty.Status, empty.TextOf("#edit-problem")));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, excess), (tooLong.Status, tooLong.Field("text")));
        Assert.Equal(["Something."], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task What_was_edited_elsewhere_meanwhile_is_not_overwritten_unseen()
    {
        var (room, at) = await BobSaysAsync("One.");
        var form = await shared.Bob.GetAsync($"{at}/edit");
        await shared.Ann.SubmitAsync($"{at}/edit", ("text", "Two."));

        var refused = await shared.Bob.SubmitAsync(form, $"{at}/edit", ("text", "Three."));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Three.", "Two."), (refused.Status, refused.Field("text"), refused.TextOf("blockquote")));
        Assert.Equal(["Two. (edited)"], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);

        await shared.Bob.SubmitAsync(refused, $"{at}/edit", ("text", "Three."));
        Assert.Equal(["Three. (edited)"], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task What_is_deleted_is_restored_for_a_few_seconds_by_whoever_deleted_it_and_only_there()
    {
        var (room, at) = await BobSaysAsync("Oops.");
        var deleted = await shared.Bob.SubmitAsync($"{at}/delete");
        var undo = deleted.Field("undo")!;
        Assert.DoesNotContain("Oops.", deleted.Text, StringComparison.Ordinal);
        Assert.Equal(["This message was deleted."], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);

        foreach (var wrong in new[] { "", "nonsense", undo[..^4] }) Assert.Contains("they are over", (await shared.Bob.SubmitAsync(deleted, $"{at}/restore", ("undo", wrong))).Text, StringComparison.Ordinal);
        var byAnn = await shared.Ann.SubmitAsync(await shared.Ann.GetAsync("/rooms/new"), $"{at}/restore", ("undo", undo));
        Assert.Contains("they are over", byAnn.Text, StringComparison.Ordinal);

        Assert.Equal($"/rooms/{room}#m-1", (await shared.Bob.SubmitAsync(deleted, $"{at}/restore", ("undo", undo))).Location);
        Assert.Equal(["Oops."], (await shared.Ann.GetAsync($"/rooms/{room}")).Messages);
        await shared.Bob.SubmitAsync($"{at}/delete");
        Assert.Contains("they are over", (await shared.Bob.SubmitAsync(deleted, $"{at}/restore", ("undo", undo))).Text, StringComparison.Ordinal); // of an earlier deletion
    }

    [Fact]
    public async Task A_message_that_was_just_sent_is_taken_back_without_a_trace_and_its_text_can_be_sent_again()
    {
        var (room, _) = await BobSaysAsync("Before.");
        await shared.Bob.SayAsync(room, "Too early.", "After.");
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));
        var frame = await shared.Bob.GetAsync($"/rooms/{room}/composer?sent=2");
        var byAnn = await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{room}/composer?sent=2"), ComposerModel.TakeBackPath(room, 2));
        Assert.Equal(HttpStatusCode.Conflict, byAnn.Status);

        var back = await shared.Bob.SubmitAsync(frame, ComposerModel.TakeBackPath(room, 2));

        Assert.Equal((HttpStatusCode.OK, "Too early."), (back.Status, back.Field("text")));
        await listening.HearAsync("""<hx-partial hx-target="#m-2,#m-2t" hx-swap="delete">""");
        Assert.Equal(["Before.", "After."], (await shared.Ann.GetAsync($"/rooms/{room}")).Messages);
        Assert.Equal(HttpStatusCode.Conflict, (await shared.Bob.SubmitAsync(frame, ComposerModel.TakeBackPath(room, 2))).Status);
    }

    [Fact]
    public async Task An_answer_shows_the_message_that_it_answers_as_that_is_now()
    {
        var (room, at) = await BobSaysAsync("Shall we meet in the garden?");
        var form = await shared.Ann.GetAsync($"/rooms/{room}?reply=1");
        Assert.Equal(("1", "Shall we meet in the garden?"), (form.Field("reply"), form.TextOf(".answering q")));
        await shared.Ann.SubmitAsync(form, $"/rooms/{room}", ("text", "Yes."));
        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, await shared.Ann.PositionAsync(room));
        Assert.Equal("Bob Shall we meet in the garden?", await QuoteAsync(room));
        Assert.Equal(at, (await shared.Bob.GetAsync($"/rooms/{room}")).Only("#m-2 .quote").GetAttribute("href"));

        await shared.Bob.SubmitAsync($"{at}/edit", ("text", "Shall we meet on the roof?"));
        await listening.HearAsync("""<hx-partial hx-target="#m-2" hx-swap="outerMorph">""");
        Assert.Equal("Bob Shall we meet on the roof?", await QuoteAsync(room));

        await shared.Bob.SubmitAsync($"{at}/delete");
        Assert.Equal("An earlier message", await QuoteAsync(room));
        Assert.DoesNotContain("on the roof", (await shared.Ann.GetAsync($"/rooms/{room}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("-1")]
    [InlineData("one")]
    public async Task Who_answers_what_is_not_there_is_told_so_and_keeps_the_text(string reply)
    {
        var (room, _) = await BobSaysAsync("Here.");

        var refused = await shared.Bob.SubmitAsync(await shared.Bob.GetAsync($"/rooms/{room}"), $"/rooms/{room}", ("text", "There."), ("reply", reply));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, PostWords.NothingToAnswer, "There."), (refused.Status, refused.TextOf("#problem"), refused.Field("text")));
    }

    [Fact]
    public async Task An_answer_does_not_show_what_somebody_who_reads_it_may_not_read()
    {
        var name = $"Closed for answers {Interlocked.Increment(ref rooms)}";
        var room = await shared.Ann.NewClosedRoomAsync(name);
        await shared.Ann.SubmitAsync($"/rooms/{room}/settings", ("Name", name), ("Kind", "Closed"), ("Posting", "Everybody"), ("ShowsHistory", "false"));
        await shared.Ann.SayAsync(room, "Before your time.", "What of it?");
        await AnswerAsync(room, 1, "Seen by all who were here.");
        await shared.Ann.AddAsync(room, "2");

        await AnswerAsync(room, 2, "Bob reads this.");

        var (anns, bobs) = (await shared.Ann.GetAsync($"/rooms/{room}"), await shared.Bob.GetAsync($"/rooms/{room}"));
        Assert.Equal(["Ann Before your time.", "An earlier message"], anns.Page.QuerySelectorAll(".quote").Select(q => q.TextContent));
        Assert.Equal(["Bob reads this."], bobs.Messages);
        Assert.Equal("An earlier message", bobs.TextOf(".quote"));
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync(bobs.Only(".quote").GetAttribute("href")!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shared.Bob.GetAsync($"/rooms/{room}/messages/2/reply")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AnswerAsync(room, 2, "To what I cannot see.", shared.Bob)).Status);
    }

    [Fact]
    public async Task Posting_again_what_was_edited_since_is_acknowledged_and_changes_nothing()
    {
        var room = await shared.NewRoomAsync();
        var form = await shared.Bob.GetAsync($"/rooms/{room}");
        await shared.Bob.SubmitAsync(form, $"/rooms/{room}", ("text", "Frist."));
        await shared.Bob.SubmitAsync($"/rooms/{room}/messages/1/edit", ("text", "First."));

        var again = await shared.Bob.SubmitByHtmxAsync(form, $"/rooms/{room}", ("text", "Frist."));

        Assert.Contains("\"seq\":1", again.Header("HX-Trigger"), StringComparison.Ordinal);
        Assert.Equal(["First. (edited)"], (await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    async Task<(RoomId Room, string At)> BobSaysAsync(string text)
    {
        var room = await shared.NewRoomAsync();
        await shared.Bob.SayAsync(room, text);
        return (room, $"/rooms/{room}/messages/1");
    }

    async Task<Answer> AnswerAsync(RoomId room, long seq, string text, Browser? by = null) =>
        await (by ?? shared.Ann).SubmitAsync(await (by ?? shared.Ann).GetAsync($"/rooms/{room}"), $"/rooms/{room}", ("text", text), ("reply", $"{seq}"));

    async Task<string> QuoteAsync(RoomId room) => (await shared.Bob.GetAsync($"/rooms/{room}")).TextOf("#m-2 .quote");

    static IEnumerable<string> Actions(Answer page) => page.Page.QuerySelectorAll(".actions li:not(.quick)").Select(l => l.TextContent.Trim());
}

public sealed class SqliteChangeMessageTests(SharedSite shared) : ChangeMessageContract(shared);

public sealed class PostgresChangeMessageTests(PostgresSite shared) : ChangeMessageContract(shared), IClassFixture<PostgresSite>;
