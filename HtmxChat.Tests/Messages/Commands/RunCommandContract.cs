using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Commands;

/// <summary>Commands, by plain forms, by htmx and over a WebSocket.</summary>
public abstract class RunCommandContract(SharedSite shared)
{
    static int rooms;

    [Fact]
    public async Task The_owner_sets_the_topic_and_open_pages_follow_and_another_is_refused_and_keeps_the_text()
    {
        var room = await shared.NewRoomAsync();
        await using var listening = await shared.Bob.ListenAsync(room, Carrier.WebSocket, await shared.Bob.PositionAsync(room));

        var done = await shared.Ann.SubmitAsync($"/rooms/{room}/composer", ("text", "/topic All about <tea>"));
        var refused = await shared.Bob.SubmitAsync($"/rooms/{room}/composer", ("text", "/topic Coffee"));

        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        Assert.Equal("The topic is set.", (await shared.Ann.GetAsync(done.Location!)).TextOf(".said"));
        await listening.HearAsync("All about &lt;tea&gt;");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/topic Coffee"), (refused.Status, refused.Field("text")));
        Assert.Equal("Only the room's owner and administrators set its topic. Your text is kept.", refused.TextOf("#problem"));
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{room}")).Messages);

        Assert.Equal("The room has no topic now.", (await shared.Ann.GetAsync((await shared.Ann.SubmitAsync($"/rooms/{room}/composer", ("text", "/topic"))).Location!)).TextOf(".said"));
    }

    [Fact]
    public async Task By_htmx_and_over_a_web_socket_the_answer_names_the_key_and_nothing_is_posted()
    {
        var room = await shared.NewRoomAsync();
        var (byHtmx, bySocket) = (ClientKey.New().Text, ClientKey.New().Text);
        await using var socket = (SocketReader)await shared.Bob.ListenAsync(room, Carrier.WebSocket);

        var answer = await shared.Bob.SubmitByHtmxAsync(await shared.Bob.GetAsync($"/rooms/{room}"), $"/rooms/{room}", ("key", byHtmx), ("text", "/help"));
        await socket.SayAsync($$"""{"key":"{{bySocket}}","text":"/help"}""");
        await socket.HearAsync($$"""{"said":"{{bySocket}}","why":"You can write:""");
        await socket.SayAsync($$"""{"key":"{{byHtmx}}x","text":"/hepl"}""");
        await socket.HearAsync($$"""{"refused":"{{byHtmx}}x","why":"There is no /hepl. Did you mean /help?""");

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Contains($$"""{"chat:said":{"key":"{{byHtmx}}","why":"You can write:""", answer.Header("HX-Trigger"), StringComparison.Ordinal);
        Assert.Empty((await shared.Bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Who_manages_a_closed_room_invites_people_into_it_by_their_handles()
    {
        var name = $"Dora{Interlocked.Increment(ref rooms)}";
        var (dora, handle) = (await shared.Site.JoinAsync(shared.Ann, name), name.ToLowerInvariant());
        var room = await shared.Ann.NewClosedRoomAsync($"Closed for commands {Interlocked.Increment(ref rooms)}");
        Assert.Equal(HttpStatusCode.NotFound, (await dora.GetAsync($"/rooms/{room}")).Status);

        Assert.Equal($"Nobody is called @nobody.here. Your text is kept.", await RefusedAsync(shared.Ann, room, $"/invite @{handle} @nobody.here"));
        Assert.Equal(HttpStatusCode.NotFound, (await dora.GetAsync($"/rooms/{room}")).Status);
        Assert.Equal("One person has been let in.", await DoneAsync(shared.Ann, room, $"/invite @{handle}"));
        Assert.Equal(HttpStatusCode.OK, (await dora.GetAsync($"/rooms/{room}")).Status);
        Assert.Equal("They are in this room already.", await DoneAsync(shared.Ann, room, $"/invite {handle}"));

        Assert.Equal("Only the room's owner and administrators let people in. Your text is kept.", await RefusedAsync(dora, room, "/invite @bob"));
        Assert.StartsWith("Everybody can read this room already. Write @bob in a message", await RefusedAsync(shared.Ann, await shared.NewRoomAsync(), "/invite @bob"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_away_is_so_until_they_say_it_again_and_the_same_form_sent_twice_is_one()
    {
        var eve = await shared.Site.JoinAsync(shared.Ann, $"Eve{Interlocked.Increment(ref rooms)}");
        var room = await shared.NewRoomAsync();
        var form = await eve.GetAsync($"/rooms/{room}/composer");

        foreach (var attempt in new[] { 1, 2 })
        {
            var away = await eve.SubmitAsync(form, $"/rooms/{room}/composer", ("text", "/away"));
            Assert.Equal("The others see you as offline now. Write /away again to be shown.", (await eve.GetAsync(away.Location!)).TextOf(".said"));
        }
        Assert.True((await eve.GetAsync("/account")).Only("[name=HidesPresence][type=checkbox]").HasAttribute("checked"));
        Assert.Equal("The others see again when you are here.", await DoneAsync(eve, room, "/away"));
        Assert.False((await eve.GetAsync("/account")).Only("[name=HidesPresence][type=checkbox]").HasAttribute("checked"));
    }

    [Fact]
    public async Task What_somebody_says_by_a_command_is_a_message()
    {
        var room = await shared.NewRoomAsync();

        foreach (var text in new[] { "/me waves", "//topic is a command", "/usr/bin/env" }) await shared.Bob.SayAsync(room, text);

        Assert.Equal(["/me waves", "/topic is a command", "/usr/bin/env"], await shared.Site.TextsAsync(room));
    }

    [Fact]
    public async Task Where_nobody_writes_no_command_is_done()
    {
        var room = await shared.NewRoomAsync();
        var form = await shared.Bob.GetAsync($"/rooms/{room}/composer");
        await shared.Ann.SubmitAsync($"/rooms/{room}/settings", ("Posting", "Administrators"));

        var refused = await shared.Bob.SubmitAsync(form, $"/rooms/{room}/composer", ("text", "/help"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
    }

    static async Task<string> DoneAsync(Browser by, RoomId room, string text)
    {
        var done = await by.SubmitAsync($"/rooms/{room}/composer", ("text", text));
        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        return (await by.GetAsync(done.Location!)).TextOf(".said");
    }

    static async Task<string> RefusedAsync(Browser by, RoomId room, string text)
    {
        var refused = await by.SubmitAsync($"/rooms/{room}/composer", ("text", text));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, text), (refused.Status, refused.Field("text")));
        return refused.TextOf("#problem");
    }
}

public sealed class SqliteRunCommandTests(SharedSite shared) : RunCommandContract(shared);

public sealed class PostgresRunCommandTests(PostgresSite shared) : RunCommandContract(shared), IClassFixture<PostgresSite>;
