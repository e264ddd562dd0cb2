using System.Globalization;
using System.Net;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Admin;

/// <summary>What administrators do to people, on both databases.</summary>
public abstract class ManagePersonContract(SharedSite shared)
{
    const int Rounds = 12;

    static int people;

    readonly Browser ann = shared.Ann;

    public static TheoryData<Carrier, string> Endings()
    {
        var data = new TheoryData<Carrier, string>();
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            foreach (var deed in new[] { "Ban", "Deactivate" }) data.Add(carrier, deed);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Who_is_thrown_out_is_cut_off_within_2_seconds_and_does_not_come_back(Carrier carrier, string deed)
    {
        var (room, (cleo, id, name)) = (await shared.NewRoomAsync(), await JoinAsync());
        await using var listening = await cleo.ListenAsync(room, carrier, await cleo.PositionAsync(room));
        await ann.SayAsync(room, "Cleo hears this.");
        await listening.HearAsync("Cleo hears this.");
        var composer = await cleo.GetAsync($"/rooms/{room}/composer");

        await DoAsync(id, deed);
        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        if (listening is SocketReader socket) Assert.Equal(4001, socket.CloseCode);
        Assert.Equal(HttpStatusCode.Redirect, (await cleo.GetAsync($"/rooms/{room}")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await cleo.SubmitAsync(composer, $"/rooms/{room}", ("key", "0123456789abcdef"), ("text", "Still here."))).Status);
        await using var again = await cleo.ListenAsync(room, carrier);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
        await AssertCannotSignInAsync(name);
    }

    [Fact]
    public async Task A_link_for_a_new_password_is_shown_once_and_does_it()
    {
        var (_, id, name) = await JoinAsync();

        var made = await ann.SubmitAsync($"/admin/people/{id}", ("Deed", "MakeResetLink"));

        var path = new Uri(made.Only("#link").GetAttribute("value")!).AbsolutePath;
        Assert.Equal((HttpStatusCode.OK, "no-referrer", 1), (made.Status, made.Header("Referrer-Policy"), made.Page.QuerySelectorAll("svg.qr").Length));
        Assert.Contains("no-store", made.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.DoesNotContain(path, (await ann.GetAsync($"/admin/people/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal("/sign-in?changed=yes", (await shared.Site.NewBrowser().SubmitAsync(path, ("Password", "wolke sieben"))).Location);
        Assert.Equal("/", (await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", "wolke sieben"))).Location);
    }

    [Fact]
    public async Task Nobody_gets_a_link_or_loses_the_second_step_who_is_the_administrator_or_may_not_come_in()
    {
        var (_, id, _) = await JoinAsync();
        var (mine, page) = (await ann.GetAsync("/admin/people/1"), await ann.GetAsync($"/admin/people/{id}"));
        Assert.Empty(mine.Page.QuerySelectorAll("[value=MakeResetLink], [value=SwitchOffTwoStep]"));
        foreach (var deed in new[] { "MakeResetLink", "SwitchOffTwoStep" }) AssertRefused(await ann.SubmitAsync(mine, "/admin/people/1", ("Deed", deed)));

        AssertRefused(await ann.SubmitAsync(page, $"/admin/people/{id}", ("Deed", "SwitchOffTwoStep")));
        await DoAsync(id, "Ban");
        AssertRefused(await ann.SubmitAsync(page, $"/admin/people/{id}", ("Deed", "MakeResetLink")));

        static void AssertRefused(Answer answer) => Assert.Equal((HttpStatusCode.UnprocessableEntity, 0), (answer.Status, answer.Page.QuerySelectorAll("#link").Length));
    }

    [Fact]
    public async Task Who_has_lost_the_phone_comes_in_with_the_password_once_it_is_switched_off_and_is_signed_out_everywhere()
    {
        var (cleo, id, name) = await JoinAsync();
        var twoStep = shared.Site.Services.GetRequiredService<TwoStep>();
        await twoStep.BeginAsync(id, Ct);
        await twoStep.SwitchOnAsync(id, AuthenticatorCode.At((await twoStep.FindAsync(id, Ct)).Secret!, DateTimeOffset.UtcNow), Ct);
        Assert.StartsWith("/sign-in/code", (await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).Location, StringComparison.Ordinal);
        Assert.Single((await ann.GetAsync($"/admin/people/{id}")).Page.QuerySelectorAll("[value=SwitchOffTwoStep]"));

        await DoAsync(id, "SwitchOffTwoStep");

        Assert.Equal(HttpStatusCode.Redirect, (await cleo.GetAsync("/rooms/1")).Status);
        Assert.Equal("/", (await shared.Site.NewBrowser().SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password))).Location);
        Assert.Empty((await ann.GetAsync($"/admin/people/{id}")).Page.QuerySelectorAll("[value=SwitchOffTwoStep]"));
    }

    [Fact]
    public async Task Who_reads_on_another_node_is_cut_off_within_2_seconds_too()
    {
        await using var site = await shared.StartAnotherAsync();
        var (own, room) = (await site.SetUpByAnnAsync(), new RoomId(1));
        var bob = await site.JoinAsync(own, "Bob");
        await using var other = await site.StartOtherNodeAsync();
        var there = bob.At(other.Address);
        List<LiveReader> readers = [];
        foreach (var carrier in Enum.GetValues<Carrier>()) readers.Add(await there.ListenAsync(room, carrier, await there.PositionAsync(room)));
        Assert.All(readers, r => Assert.True(r.Status is HttpStatusCode.OK or HttpStatusCode.SwitchingProtocols));

        Assert.Equal("/admin/people/2", (await own.SubmitAsync("/admin/people/2", ("Deed", "Ban"))).Location);
        await Task.WhenAll(readers.Select(r => r.HearToTheEndAsync())).WaitAsync(TimeSpan.FromSeconds(2), Ct);

        await Task.WhenAll(readers.Select(r => r.DisposeAsync().AsTask()));
        await using var again = await there.ListenAsync(room, Carrier.ServerSentEvents);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
    }

    [Theory]
    [InlineData("Ban", "Unban")]
    [InlineData("Deactivate", "Activate")]
    public async Task Who_is_let_in_again_signs_in_again(string deed, string undoing)
    {
        var (cleo, id, name) = await JoinAsync();
        await DoAsync(id, deed);
        await AssertCannotSignInAsync(name);

        await DoAsync(id, undoing);

        Assert.Equal(HttpStatusCode.Redirect, (await cleo.GetAsync("/rooms/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await shared.Site.SignInAsync(name)).GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task A_ban_can_take_all_that_was_written_from_every_open_page_and_from_the_database()
    {
        const string Canary = "A canary that must not stay";
        var (first, second, (cleo, id, _)) = (await shared.NewRoomAsync(), await shared.NewRoomAsync(), await JoinAsync());
        await cleo.SayAsync(first, Enumerable.Range(1, 120).Select(i => $"{Canary} {i}."));
        await cleo.SayAsync(second, $"{Canary} either.");
        await ann.SayAsync(second, "I stay.");
        List<LiveReader> readers = [];
        foreach (var carrier in Enum.GetValues<Carrier>()) readers.Add(await ann.ListenAsync(second, carrier, await ann.PositionAsync(second)));

        await DoAsync(id, "Ban", ("RemovesWritings", "true"));
        foreach (var reader in readers) await reader.HearAsync("removed by an administrator");

        await Task.WhenAll(readers.Select(r => r.DisposeAsync().AsTask()));
        await using (var everything = await ann.ListenAsync(first, Carrier.ServerSentEvents, await ann.PositionAsync(first))) await everything.HearAsync(".240");
        var left = await ann.GetAsync($"/rooms/{second}");
        Assert.Equal(["This message was removed by an administrator. Why?", "I stay."], left.Messages);
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            await using var late = await ann.ListenAsync(first, carrier, Early(await ann.PositionAsync(first)));
            await late.HearAsync("m-120\"");
            Assert.DoesNotContain(Canary, late.Heard, StringComparison.Ordinal);
        }
        Assert.Empty(await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync($"select 1 from messages where author_id = {id} and text <> ''", row => row.GetInt32(0), Ct));
    }

    [Fact]
    public async Task Of_two_administrators_who_remove_each_other_at_once_on_two_nodes_one_stays()
    {
        await using var site = await shared.StartAnotherAsync();
        var one = await site.SetUpByAnnAsync();
        await site.JoinAsync(one, "Bob");
        await using var other = await site.StartOtherNodeAsync();
        var (here, there) = (site.Services.GetRequiredService<ManagePerson>(), other.Services.GetRequiredService<ManagePerson>());
        var (annIs, bobIs) = (new Viewer(new PersonId(1), "Ann", Role.Administrator), new Viewer(new PersonId(2), "Bob", Role.Administrator));
        Func<ManagePerson, Viewer, PersonId, Task<PersonOutcome>>[] deeds =
        [
            (m, by, who) => m.MakeMemberAsync(by, who, Ct), (m, by, who) => m.DeactivateAsync(by, who, Ct), (m, by, who) => m.BanAsync(by, who, Writings.Stay, Ct),
        ];

        for (var round = 0; round < Rounds; round++)
        {
            await site.Services.GetRequiredService<GroupCommit>().WriteAsync(sql => sql.Execute("update people set role = 2, standing = 1"), Ct);

            var outcomes = await Task.WhenAll(deeds[round % 3](here, annIs, bobIs.Id), deeds[round / 3 % 3](there, bobIs, annIs.Id));

            Assert.Single(outcomes.OfType<PersonOutcome.Done>());
            Assert.Equal([1L], await site.Services.GetRequiredService<SqlReader>().AllAsync("select count(*) from people where role = 2 and standing = 1", row => row.GetInt64(0), Ct));
        }
    }

    [Fact]
    public async Task The_only_administrator_is_told_that_somebody_else_has_to_be_one_first()
    {
        await using var site = await shared.StartAnotherAsync();
        var only = await site.SetUpByAnnAsync();

        foreach (var deed in new[] { "MakeMember", "Deactivate", "Ban" })
        {
            var answer = await only.SubmitAsync("/admin/people/1", ("Deed", deed));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains("Make somebody else an administrator first", answer.TextOf("[role=alert]"), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await only.GetAsync("/admin/people")).Status);
    }

    [Fact]
    public async Task Who_is_no_administrator_any_more_signs_in_anew_and_finds_nothing_there()
    {
        var (cleo, id, name) = await JoinAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await cleo.GetAsync("/admin/people")).Status);
        await DoAsync(id, "MakeAdministrator");
        var form = await cleo.GetAsync("/admin/people/2");
        Assert.Equal(HttpStatusCode.OK, form.Status);

        await DoAsync(id, "MakeMember");

        Assert.Equal(HttpStatusCode.Redirect, (await cleo.SubmitAsync(form, "/admin/people/2", ("Deed", "Ban"))).Status);
        var again = await shared.Site.SignInAsync(name);
        Assert.Equal(HttpStatusCode.NotFound, (await again.GetAsync("/admin/people")).Status);
        Assert.Equal(HttpStatusCode.OK, (await shared.Bob.GetAsync("/rooms/1")).Status);
    }

    [Fact]
    public async Task Ending_somebodys_sessions_signs_out_every_browser_of_theirs_and_nobody_elses()
    {
        var (cleo, id, name) = await JoinAsync();
        var second = await shared.Site.SignInAsync(name);
        Assert.Contains("with 2 browsers", (await ann.GetAsync($"/admin/people/{id}")).Text, StringComparison.Ordinal);

        await DoAsync(id, "EndSessions");

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.OK], [(await cleo.GetAsync("/rooms/1")).Status, (await second.GetAsync("/rooms/1")).Status, (await shared.Bob.GetAsync("/rooms/1")).Status]);
        Assert.Equal(HttpStatusCode.OK, (await (await shared.Site.SignInAsync(name)).GetAsync("/rooms/1")).Status);
    }

    async Task<(Browser Browser, PersonId Id, string Name)> JoinAsync()
    {
        var name = $"Thea {Interlocked.Increment(ref people)}";
        var browser = await shared.Site.JoinAsync(ann, name);
        var found = (await ann.GetAsync($"/admin/people?find={name}")).Only(".rows a").GetAttribute("href")!;
        return (browser, new PersonId(long.Parse(found.Split('/')[^1], CultureInfo.InvariantCulture)), name);
    }

    async Task DoAsync(PersonId person, string deed, params (string, string)[] more)
    {
        var answer = await ann.SubmitAsync($"/admin/people/{person}", [("Deed", deed), .. more]);
        Assert.Equal($"/admin/people/{person}", answer.Location);
    }

    async Task AssertCannotSignInAsync(string name)
    {
        using var stranger = shared.Site.NewBrowser();
        var refused = await stranger.SubmitAsync("/sign-in", ("Name", name), ("Password", ChatSite.Password));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Name and password do not match. After ten wrong passwords a name has to wait for five minutes."), (refused.Status, refused.TextOf(".problem")));
    }

    static string Early(string position) => $"{position.Split('.')[0]}.1";
}

public sealed class SqliteManagePersonTests(SharedSite shared) : ManagePersonContract(shared);

public sealed class PostgresManagePersonTests(PostgresSite shared) : ManagePersonContract(shared), IClassFixture<PostgresSite>;
