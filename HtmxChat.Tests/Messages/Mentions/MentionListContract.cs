using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Messages.Writing;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Mentions;

/// <summary>Whom messages call, and the list of everything that calls somebody.</summary>
public abstract class MentionListContract(SharedSite shared)
{
    static int names;

    [Fact]
    public async Task Messages_that_call_somebody_by_handle_with_the_room_or_by_answering_stand_in_their_list_newest_first()
    {
        var (carol, handle) = await JoinAsync();
        var room = await NewClosedRoomAsync(carol);
        await carol.SayAsync(room, "What shall we do?");
        await shared.Ann.SayAsync(room, $"Ask @{handle}.", "Nobody.", "@room, dinner!");
        await AnswerAsync(shared.Bob, room, 1, "Dance.");

        var page = await carol.GetAsync("/mentions");

        Assert.Equal(["Bob answered you: Dance.", "Ann called everybody: @room, dinner!", $"Ann called you: Ask @{handle}."], Lines(page));
        Assert.Equal($"/rooms/{room}/messages/2", page.Page.QuerySelectorAll(".found time")[^1].ParentElement!.GetAttribute("href"));
        Assert.Equal(3, page.Page.QuerySelectorAll(".found .new").Length);
        var (id, shown) = (await carol.NumberAsync(), await carol.GetAsync($"/rooms/{room}?after=0"));
        Assert.Equal([null, id, null, "*", id], shown.Page.QuerySelectorAll(".message").Select(m => m.GetAttribute("data-calls"))); // marked alike
        await carol.GetAsync($"/rooms/{room}");
        Assert.Empty((await carol.GetAsync("/mentions")).Page.QuerySelectorAll(".found .new"));
        Assert.Equal(3, (await ListAsync(carol)).Count);
    }

    [Fact]
    public async Task Nobody_calls_themselves_nor_those_who_may_not_read_the_room()
    {
        var ((carol, callsCarol), (dora, callsDora)) = (await JoinAsync(), await JoinAsync());
        var room = await NewClosedRoomAsync(carol);

        await carol.SayAsync(room, $"I am @{callsCarol}, and @{callsDora} is not here.");
        await AnswerAsync(carol, room, 1, "That is so.");

        Assert.Empty(await ListAsync(carol));
        Assert.Empty(await ListAsync(dora));
    }

    [Fact]
    public async Task In_an_open_room_everybody_is_whoever_is_here()
    {
        var ((carol, _), (dora, _)) = (await JoinAsync(), await JoinAsync());
        var room = await shared.NewRoomAsync();
        var direct = await shared.Ann.NewDirectRoomAsync(await carol.NumberAsync());
        await using var anns = await shared.Ann.LoadAndListenAsync(room, Carrier.WebSocket);
        await using var page = await carol.LoadAndListenAsync(room, Carrier.WebSocket);
        await anns.HearAsync($"<span id=\"here-{direct}\" class=\"dot away\">");

        await shared.Ann.SayAsync(room, "Is @room here?");

        await page.HearAsync("@room");
        Assert.Equal(["Ann called everybody: Is @room here?"], await ListAsync(carol));
        Assert.Empty(await ListAsync(dora));
    }

    [Fact]
    public async Task Who_is_called_by_an_edit_is_told_and_who_is_not_called_any_more_is_not_listed_and_nobody_is_marked_twice()
    {
        var ((carol, callsCarol), (dora, callsDora)) = (await JoinAsync(), await JoinAsync());
        var (room, elsewhere) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await shared.Ann.SayAsync(room, $"For @{callsCarol}.");
        foreach (var person in new[] { carol, dora }) await person.GetAsync($"/rooms/{room}");
        Assert.Equal("", await MarkAsync(dora, room, on: elsewhere));
        await using var doras = await dora.LoadAndListenAsync(elsewhere, Carrier.WebSocket);

        await EditAsync(room, 1, $"For @{callsCarol} and @{callsDora}.");
        await doras.HearAsync($"<span id=\"mark-{room}\" class=\"mark\"><b class=\"at\">@");
        await doras.HearAsync("<span id=\"mentions\" class=\"mark\"><b class=\"at\">1");
        Assert.Equal("@ you are mentioned", await MarkAsync(dora, room, on: elsewhere));
        Assert.Equal("", await MarkAsync(carol, room, on: elsewhere));
        Assert.Single((await dora.GetAsync("/mentions")).Page.QuerySelectorAll(".found .new"));
        Assert.Empty((await carol.GetAsync("/mentions")).Page.QuerySelectorAll(".found .new"));

        await EditAsync(room, 1, $"For @{callsCarol} alone.");
        await doras.HearAsync($"<span id=\"mark-{room}\" class=\"mark\"></span>");
        Assert.Empty(await ListAsync(dora));
        Assert.Equal([$"Ann called you: For @{callsCarol} alone."], await ListAsync(carol));
        Assert.Equal("", await MarkAsync(dora, room, on: elsewhere));
    }

    [Fact]
    public async Task What_is_deleted_or_taken_back_calls_nobody_and_what_is_restored_calls_again()
    {
        var (carol, handle) = await JoinAsync();
        var (room, elsewhere) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await carol.GetAsync($"/rooms/{room}");
        await shared.Ann.SayAsync(room, $"One for @{handle}.", $"Two for @{handle}.");

        var deleted = await shared.Ann.SubmitAsync($"/rooms/{room}/messages/1/delete");
        Assert.Equal([$"Ann called you: Two for @{handle}."], await ListAsync(carol));
        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{room}/composer?sent=2"), ComposerModel.TakeBackPath(room, 2));
        Assert.Empty(await ListAsync(carol));
        Assert.DoesNotContain("mentioned", await MarkAsync(carol, room, on: elsewhere), StringComparison.Ordinal);

        await shared.Ann.SubmitAsync(deleted, $"/rooms/{room}/messages/1/restore");
        Assert.Equal([$"Ann called you: One for @{handle}."], await ListAsync(carol));
        Assert.Contains("mentioned", await MarkAsync(carol, room, on: elsewhere), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("after a report")]
    [InlineData("with all of its author's")]
    public async Task What_an_administrator_removes_calls_nobody_any_more_also_on_the_pages_that_are_open(string how)
    {
        var ((carol, handle), (erin, _)) = (await JoinAsync(), await JoinAsync());
        var (room, elsewhere) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await carol.GetAsync($"/rooms/{room}");
        await using var page = await carol.LoadAndListenAsync(elsewhere, Carrier.WebSocket);
        await erin.SayAsync(room, $"Bad words for @{handle}.");
        await page.HearAsync($"<span id=\"mark-{room}\" class=\"mark\"><b class=\"at\">@");

        if (how == "after a report")
        {
            await carol.SubmitAsync($"/rooms/{room}/messages/1/report", ("Reason", "Rude."));
            await shared.Ann.SubmitAsync(await shared.Ann.GetAsync("/admin/reports"), "/admin/reports?handler=Remove", ("room", $"{room}"), ("seq", "1"), ("reason", "Rude."));
        }
        else await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/admin/people/{await erin.NumberAsync()}"), $"/admin/people/{await erin.NumberAsync()}", ("Deed", "Ban"), ("RemovesWritings", "true"));

        await page.HearAsync($"<span id=\"mark-{room}\" class=\"mark\"><b>1");
        Assert.Empty(await ListAsync(carol));
    }

    [Fact]
    public async Task The_list_goes_on_to_older_ones()
    {
        var (carol, handle) = await JoinAsync();
        var room = await shared.NewRoomAsync();
        await shared.Ann.SayAsync(room, Enumerable.Range(1, MentionList.PageSize + 2).Select(n => $"{n} @{handle}"));

        var first = await carol.GetAsync("/mentions");
        var older = await carol.GetAsync(first.Only("[rel=next]").GetAttribute("href")!);

        Assert.Equal(MentionList.PageSize, Lines(first).Count);
        Assert.Equal([$"Ann called you: 2 @{handle}", $"Ann called you: 1 @{handle}"], Lines(older));
        Assert.Null(older.Page.QuerySelector("[rel=next]"));
        foreach (var odd in new[] { "x", "1.2", "1.2.3.4", "-1.-2.-3", "99999999999999999999.1.1" }) Assert.Equal(HttpStatusCode.OK, (await carol.GetAsync($"/mentions?before={odd}")).Status);
    }

    [Fact]
    public async Task Who_may_not_read_a_room_any_more_or_not_that_far_back_finds_nothing_of_it_in_the_list()
    {
        var (carol, handle) = await JoinAsync();
        var room = await NewClosedRoomAsync(carol);
        await shared.Ann.SayAsync(room, $"Our secret, @{handle}.");
        Assert.Single(await ListAsync(carol));
        var id = await carol.NumberAsync();

        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{room}/about"), $"/rooms/{room}/about?handler=Remove", ("Person", id));
        Assert.DoesNotContain("secret", (await carol.GetAsync("/mentions")).Text, StringComparison.Ordinal);

        var settings = await shared.Ann.GetAsync($"/rooms/{room}/settings");
        await shared.Ann.SubmitAsync(settings, $"/rooms/{room}/settings", ("ShowsHistory", "false"), ("Kind", "Closed"), ("Posting", "Everybody"));
        await shared.Ann.AddAsync(room, id);
        Assert.DoesNotContain("secret", (await carol.GetAsync("/mentions")).Text, StringComparison.Ordinal);
        await shared.Ann.SayAsync(room, $"No more of it, @{handle}.");
        Assert.Equal([$"Ann called you: No more of it, @{handle}."], await ListAsync(carol));

        await shared.Ann.SubmitAsync(await shared.Ann.GetAsync($"/rooms/{room}/settings"), $"/rooms/{room}/settings?handler=Delete", ("Confirmation", settings.Field("Name")!));
        Assert.Empty(await ListAsync(carol));
    }

    [Fact]
    public async Task A_room_can_be_set_so_that_only_its_owner_and_administrators_call_everybody_and_others_keep_their_text()
    {
        var (carol, _) = await JoinAsync();
        var room = await NewClosedRoomAsync(carol);
        await carol.SayAsync(room, "@room, one.");
        await shared.Ann.SubmitAsync($"/rooms/{room}/settings", ("Kind", "Closed"), ("Posting", "Everybody"), ("CallingAll", "Administrators"));

        var refused = await carol.SubmitAsync($"/rooms/{room}", ("text", "@room, two."));
        var edited = await carol.SubmitAsync($"/rooms/{room}/messages/1/edit", ("text", "@room, one and a half."));
        await carol.SayAsync(room, "`@room` calls nobody.");
        await shared.Ann.SayAsync(room, "@room, three.");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "@room, two."), (refused.Status, refused.Field("text")));
        Assert.Contains("only its owner and administrators", refused.TextOf("#problem"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, edited.Status); // it called them before
        Assert.Equal(["Ann called everybody: @room, three."], await ListAsync(carol));
        Assert.Equal("Administrators", (await shared.Ann.GetAsync($"/rooms/{room}/settings")).Only("[name=CallingAll] [selected]").GetAttribute("value"));
    }

    async Task<(Browser Person, string Handle)> JoinAsync()
    {
        var name = $"Carol{Interlocked.Increment(ref names)}";
        return (await shared.Site.JoinAsync(shared.Ann, name), name.ToLowerInvariant());
    }

    async Task<RoomId> NewClosedRoomAsync(Browser member)
    {
        var room = await shared.Ann.NewClosedRoomAsync($"Closed {Interlocked.Increment(ref names)}");
        foreach (var person in new[] { "2", await member.NumberAsync() }) await shared.Ann.AddAsync(room, person);
        return room;
    }

    static async Task AnswerAsync(Browser by, RoomId room, long seq, string text) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await by.SubmitAsync(await by.GetAsync($"/rooms/{room}?reply={seq}"), $"/rooms/{room}", ("text", text))).Status);

    async Task EditAsync(RoomId room, long seq, string text) => Assert.Equal(HttpStatusCode.SeeOther, (await shared.Ann.SubmitAsync($"/rooms/{room}/messages/{seq}/edit", ("text", text))).Status);

    static async Task<IReadOnlyList<string>> ListAsync(Browser person) => Lines(await person.GetAsync("/mentions"));

    static List<string> Lines(Answer page) => [.. page.Page.QuerySelectorAll(".found li").Select(l => $"{l.Children[0].TextContent.Split(" in ")[0]}: {l.Children[1].TextContent}")];

    static async Task<string> MarkAsync(Browser person, RoomId room, RoomId on) => (await person.GetAsync($"/rooms/{on}")).TextOf($"#mark-{room}");
}

public sealed class SqliteMentionListTests(SharedSite shared) : MentionListContract(shared);

public sealed class PostgresMentionListTests(PostgresSite shared) : MentionListContract(shared), IClassFixture<PostgresSite>;
