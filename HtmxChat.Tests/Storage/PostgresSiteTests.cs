using System.Net;
using HtmxChat.E2E;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Storage;

/// <summary>The whole site on PostgreSQL, on one node and on two.</summary>
public sealed class PostgresSiteTests(SharedPostgres server)
{
    [Fact]
    public async Task Nodes_share_everything_and_what_was_open_goes_on_on_any_of_them_and_after_a_restart()
    {
        await using var site = await ChatSite.StartEmptyAsync(await PostgresSite.SettingAsync(server));
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        var room = await ann.NewRoomAsync("Garden", "What grows");
        await using var reader = await bob.ListenAsync(room, Carrier.WebSocket, await bob.PositionAsync(room));
        await ann.SayAsync(room, "Beans.");
        await reader.HearAsync("Beans.");
        var open = await ann.GetAsync($"/rooms/{room}");

        await using var other = await site.StartOtherNodeAsync();
        Assert.Equal(HttpStatusCode.SeeOther, (await ann.At(other.Address).SubmitAsync(open, $"/rooms/{room}", ("text", "Peas, from the other node."))).Status);
        await reader.HearAsync("Peas, from the other node.");

        await site.RestartAsync();
        var back = await bob.At(site.Address).GetAsync($"/rooms/{room}");
        Assert.Equal(["Beans.", "Peas, from the other node."], back.Messages);
        Assert.Equal(("Garden", "What grows"), (back.TextOf("h1"), back.TextOf(".topic")));
        Assert.Equal("/", (await other.NewBrowser().SubmitAsync("/sign-in", ("Name", "bob"), ("Password", ChatSite.Password))).Location);
    }

    [Fact]
    public async Task Of_first_visitors_to_several_nodes_at_once_one_becomes_the_administrator()
    {
        await using var site = await ChatSite.StartEmptyAsync(await PostgresSite.SettingAsync(server));
        await using var other = await site.StartOtherNodeAsync();
        Browser[] visitors = [.. Enumerable.Range(0, 6).Select(n => (n % 2 == 0 ? site : other).NewBrowser())];
        var forms = await Task.WhenAll(visitors.Select(v => v.GetAsync("/setup")));

        var answers = await Task.WhenAll(visitors.Select((v, n) =>
            v.SubmitAsync(forms[n], "/setup", ("Site", $"Site {n}"), ("Name", $"Visitor {n}"), ("Password", ChatSite.Password))));

        Assert.Equal(["/", "/", "/", "/", "/", "/admin/invites"], answers.Select(a => a.Location).Order());
        Assert.Equal([1L, 1L, 1L], await site.CountAsync("sites", "people", "rooms"));
    }

    [Fact]
    public async Task Of_two_who_join_by_the_same_name_on_two_nodes_one_has_it()
    {
        await using var site = await ChatSite.StartEmptyAsync(await PostgresSite.SettingAsync(server));
        var invite = await (await site.SetUpByAnnAsync()).InviteAsync();
        await using var other = await site.StartOtherNodeAsync();

        var answers = await Task.WhenAll(new[] { site, other }.Select(node => node.NewBrowser().SubmitAsync(invite, ("Name", "Bob"), ("Password", ChatSite.Password))));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(a => a.Status).Order());
    }

    [Fact]
    public async Task A_seeded_database_takes_new_rooms_and_people()
    {
        var (_, connectionString) = await PostgresSite.SettingAsync(server);
        using var seeding = ChatServer.Run(["seed", "--rooms", "3", "--people", "4", "--messages", "100", "--ConnectionStrings:Chat", connectionString]);
        var (said, complained) = (seeding.StandardOutput.ReadToEndAsync(Ct), seeding.StandardError.ReadToEndAsync(Ct));
        await seeding.WaitForExitAsync(Ct).Soon();
        Assert.StartsWith("3 rooms, 4 people and 100 messages.", $"{await said}{await complained}", StringComparison.Ordinal);

        await using var site = await ChatSite.StartEmptyAsync(("ConnectionStrings:Chat", connectionString));
        var ada = await site.SignInAsync("Ada Abbott");
        Assert.Equal(34, (await ada.GetAsync("/rooms/1")).Messages.Count());
        Assert.Equal(new RoomId(4), await ada.NewRoomAsync("New"));
        await site.JoinAsync(ada, "Newcomer");
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named_at_the_start()
    {
        await using var unreachable = new ChatServer("--ConnectionStrings:Chat", $"Host=127.0.0.1;Port={Ports.Free()};Username=chat");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(unreachable.StartAsync);

        Assert.Contains("ended with 1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("HtmxChat cannot use the PostgreSQL server at 127.0.0.1:", refusal.Message, StringComparison.Ordinal);
    }
}
