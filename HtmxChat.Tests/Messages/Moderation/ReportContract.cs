using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Moderation;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Moderation;

/// <summary>Telling administrators of a message, on either database.</summary>
public abstract class ReportContract(SharedSite shared)
{
    static int rooms;

    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    [Fact]
    public async Task Whoever_reads_a_message_can_report_it_and_an_administrator_removes_it_and_says_its_author_why()
    {
        var room = await shared.NewRoomAsync();
        var carol = await shared.Site.JoinAsync(ann, $"Reporter {Interlocked.Increment(ref rooms)}");
        await bob.SayAsync(room, "Something rude.");
        var more = (await carol.GetAsync($"/rooms/{room}")).Only("#messages .more").GetAttribute("href")!;
        var link = (await carol.GetAsync(more)).Only("a[href$='/report']").GetAttribute("href")!;
        await using var listening = await carol.ListenAsync(room, Carrier.WebSocket, await carol.PositionAsync(room));

        var refused = await carol.SubmitAsync(link, ("Reason", " "));
        var sent = await carol.SubmitAsync(refused, link, ("Reason", "This is rude."));
        await carol.SubmitAsync(refused, link, ("Reason", "Once more."));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Please say why."), (refused.Status, refused.TextOf("#reason-problem")));
        Assert.Equal((HttpStatusCode.SeeOther, link), (sent.Status, sent.Location));
        Assert.Contains("Thank you", (await carol.GetAsync(link)).TextOf("[role=status]"), StringComparison.Ordinal);
        var page = await ann.GetAsync("/admin/reports");
        var reported = Reported(page, room);
        Assert.Equal(("Something rude.", "This is rude."), (reported.QuerySelector(".text")!.TextContent, Assert.Single(reported.QuerySelectorAll(".rows span")).TextContent));

        Assert.Equal("/admin/reports", (await ann.SubmitAsync(page, "/admin/reports?handler=Remove", ("room", $"{room}"), ("seq", "1"), ("reason", "Be kind."))).Location);
        await listening.HearAsync("removed by an administrator");

        var why = (await bob.GetAsync($"/rooms/{room}")).Only("#messages .gone a").GetAttribute("href")!;
        Assert.Contains("Be kind.", (await bob.GetAsync(why)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Be kind.", (await carol.GetAsync(why)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Something rude.", (await bob.GetAsync($"/rooms/{room}")).Text, StringComparison.Ordinal);
        Assert.Empty((await ann.GetAsync("/admin/reports")).Page.QuerySelectorAll($"input[name=room][value='{room}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await carol.GetAsync(link)).Status);
    }

    [Fact]
    public async Task What_one_may_not_read_can_neither_be_reported_nor_read_by_reporting()
    {
        const string Canary = "The canary of a closed room.";
        var answer = await ann.SubmitAsync("/rooms/new", ("Name", $"Closed to reports {Interlocked.Increment(ref rooms)}"), ("Closed", "true"));
        var room = answer.Location!.Split('/')[2];
        await ann.SayAsync(new RoomId(long.Parse(room)), Canary);
        var (form, nowhere) = (await bob.GetAsync("/rooms/new"), await bob.GetAsync("/rooms/999999/messages/1/report"));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync($"/rooms/{room}/messages/1/report")).Status);

        foreach (var path in new[] { "report", "removal" })
        {
            var read = await bob.GetAsync($"/rooms/{room}/messages/1/{path}");
            Assert.Equal((HttpStatusCode.NotFound, nowhere.Text), (read.Status, read.Text));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await bob.SubmitAsync(form, $"/rooms/{room}/messages/1/report", ("Reason", "Let me see."))).Status);

        Assert.Empty((await ann.GetAsync("/admin/reports")).Page.QuerySelectorAll($"input[name=room][value='{room}']"));
    }

    [Fact]
    public async Task Of_a_room_that_they_may_not_read_administrators_see_the_reported_message_and_nothing_else()
    {
        var carol = await shared.Site.JoinAsync(ann, $"Reporter {Interlocked.Increment(ref rooms)}");
        var direct = (await bob.SubmitAsync("/direct/new", ("With", await carol.NumberAsync()))).Location!;
        var room = new RoomId(long.Parse(direct.Split('/')[^1]));
        await bob.SayAsync(room, "Before it.", "The bad one.", "After it.");

        await carol.SubmitAsync($"{direct}/messages/2/report", ("Reason", "Threats."));

        var page = await ann.GetAsync("/admin/reports");
        Assert.Contains("The bad one.", Reported(page, room).TextContent, StringComparison.Ordinal);
        Assert.Contains("in a direct conversation", Reported(page, room).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Before it.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("After it.", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync(direct)).Status);
    }

    [Fact]
    public async Task Of_administrators_on_two_nodes_who_see_to_a_report_at_once_one_does()
    {
        await using var site = await shared.StartAnotherAsync();
        await using var other = await site.StartOtherNodeAsync();
        var (own, room) = (await site.SetUpByAnnAsync(), new RoomId(1));
        Reports[] nodes = [site.Services.GetRequiredService<Reports>(), other.Services.GetRequiredService<Reports>()];
        await own.SayAsync(room, Enumerable.Range(1, 10).Select(i => $"Message {i}."));
        var why = Reason.Parse("Be kind.", out _)!;

        for (var seq = 1; seq <= 10; seq++)
        {
            Assert.Equal($"/rooms/{room}/messages/{seq}/report", (await own.SubmitAsync($"/rooms/{room}/messages/{seq}/report", ("Reason", "Rude."))).Location);

            var (at, removes) = (seq, seq % 2 == 0);
            var done = await Task.WhenAll(nodes.SelectMany(n => new[] { n.RemoveAsync(new PersonId(1), room, at, why, Ct), removes ? n.RemoveAsync(new PersonId(1), room, at, why, Ct) : n.DismissAsync(new PersonId(1), room, at, Ct) }));

            Assert.True(done.Count(d => d) == 1, $"{seq}: {string.Join(", ", done)}");
        }
        var again = await own.SubmitAsync(await own.GetAsync("/rooms/new"), "/admin/reports?handler=Dismiss", ("room", $"{room}"), ("seq", "1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("already", again.TextOf("[role=alert]"), StringComparison.Ordinal);
    }

    static AngleSharp.Dom.IElement Reported(Answer page, RoomId room) =>
        page.Page.QuerySelectorAll(".invite").Single(s => s.QuerySelector($"input[name=room][value='{room}']") is not null);
}

public sealed class SqliteReportTests(SharedSite shared) : ReportContract(shared);

public sealed class PostgresReportTests(PostgresSite shared) : ReportContract(shared), IClassFixture<PostgresSite>;
