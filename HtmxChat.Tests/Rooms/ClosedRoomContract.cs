using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Rooms;

/// <summary>Rooms that are not for everybody: who may enter, and how that is given and taken away.</summary>
public abstract class ClosedRoomContract(SharedSite shared)
{
    const string Canary = "The canary sings at dawn.";

    static int rooms;

    static readonly RoomId Nowhere = new(999_999);

    readonly Browser ann = shared.Ann;
    readonly Browser bob = shared.Bob;

    public static TheoryData<Carrier> Carriers => new(Enum.GetValues<Carrier>());

    [Fact]
    public async Task To_all_but_its_members_a_closed_room_does_not_exist()
    {
        var room = await NewClosedRoomAsync(out var name);
        await ann.SayAsync(room, Canary);

        foreach (var path in new[] { "", "?before=9", "?after=0", "/messages/1", "/older?before=9", "/composer", "/about", "/settings" })
        {
            var (here, nowhere) = (await bob.GetAsync($"/rooms/{room}{path}"), await bob.GetAsync($"/rooms/{Nowhere}{path}"));
            Assert.Equal((HttpStatusCode.NotFound, nowhere.Text), (here.Status, here.Text));
        }
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            await using var listening = await bob.ListenAsync(room, carrier);
            Assert.Equal(HttpStatusCode.NotFound, listening.Status);
            Assert.DoesNotContain(Canary, listening.Heard, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(name, (await bob.GetAsync("/rooms/1")).Text, StringComparison.Ordinal);

        var form = await bob.GetAsync("/rooms/new");
        foreach (var at in new[] { "", "/composer", "/about", "/about?handler=Add", "/about?handler=Remove", "/settings", "/settings?handler=HandOver", "/settings?handler=Archive", "/settings?handler=Delete" })
        {
            var answer = await bob.SubmitAsync(form, $"/rooms/{room}{at}", ("text", "Let me in."), ("Person", "2"), ("NewOwner", "bob"), ("Confirmation", name));
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }
        Assert.Equal([Canary], (await ann.GetAsync($"/rooms/{room}")).Messages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_added_reads_from_then_on_and_what_was_before_as_the_room_is_set(bool showsHistory)
    {
        var room = await NewClosedRoomAsync(out var name);
        if (!showsHistory) await ann.SubmitAsync($"/rooms/{room}/settings", ("Name", name), ("Kind", "Closed"), ("Posting", "Everybody"), ("ShowsHistory", "false"));
        await ann.SayAsync(room, "Before.");

        await AddBobAsync(room);
        await ann.SayAsync(room, "After.");

        string[] seen = showsHistory ? ["Before.", "After."] : ["After."];
        Assert.Equal(seen, (await bob.GetAsync($"/rooms/{room}")).Messages);
        foreach (var path in new[] { "/older?before=99", "?before=99", "?after=0", "/messages/2" }) Assert.Equal(seen, (await bob.GetAsync($"/rooms/{room}{path}")).Messages);
        Assert.Equal(showsHistory ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}/messages/1")).Status);
        var top = showsHistory ? "This is where the room begins." : "You can read from here on: what was said before you were added stays with those who were here.";
        foreach (var path in new[] { "", "/older?before=99", "?after=0", "/messages/2" }) Assert.Equal(top, (await bob.GetAsync($"/rooms/{room}{path}")).TextOf(".older"));
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            await using var listening = await bob.ListenAsync(room, carrier);
            await listening.HearAsync("After.");
            await ann.SayAsync(room, $"By {carrier}.");
            await listening.HearAsync($"By {carrier}.");
            Assert.Equal(showsHistory, listening.Heard.Contains("Before.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task To_who_is_added_before_anything_was_said_the_room_begins_where_it_begins()
    {
        var room = await NewClosedRoomAsync(out var name);
        await ann.SubmitAsync($"/rooms/{room}/settings", ("Name", name), ("Kind", "Closed"), ("Posting", "Everybody"), ("ShowsHistory", "false"));
        await AddBobAsync(room);

        await ann.SayAsync(room, "The first word.");

        Assert.Equal("This is where the room begins.", (await bob.GetAsync($"/rooms/{room}")).TextOf(".older"));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Who_is_removed_is_cut_off_within_2_seconds_and_does_not_come_back(Carrier carrier)
    {
        var room = await NewClosedRoomAsync(out _);
        await AddBobAsync(room);
        await using var leaving = await bob.ListenAsync(room, carrier, await bob.PositionAsync(room));
        await ann.SayAsync(room, "Bob hears this.");
        await leaving.HearAsync("Bob hears this.");

        await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}/about"), $"/rooms/{room}/about?handler=Remove", ("Person", "2"));
        await leaving.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        if (leaving is SocketReader socket) Assert.Equal(4001, socket.CloseCode);
        await using var again = await bob.ListenAsync(room, carrier);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}")).Status);
    }

    [Fact]
    public async Task An_open_room_that_is_closed_keeps_its_owner_and_those_who_have_written_in_it()
    {
        var (room, cleo) = (await shared.NewRoomAsync(), await shared.Site.JoinAsync(ann, $"Cleo {Interlocked.Increment(ref rooms)}"));
        await bob.SayAsync(room, "I was here.");
        await cleo.SubmitAsync($"/rooms/{room}/about", ("Involvement", "Everything"), ("IsFavourite", "true"));
        await using var listening = await cleo.ListenAsync(room, Carrier.WebSocket, await cleo.PositionAsync(room));
        var name = (await ann.GetAsync($"/rooms/{room}")).Only("#room-name").TextContent;

        await ann.SubmitAsync($"/rooms/{room}/settings", ("Name", name), ("Kind", "Closed"), ("Posting", "Everybody"), ("ShowsHistory", "true"));

        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);
        Assert.Equal(HttpStatusCode.NotFound, (await cleo.GetAsync($"/rooms/{room}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync($"/rooms/{room}")).Status);
    }

    [Fact]
    public async Task Who_has_left_for_good_becomes_no_member_of_it()
    {
        var (room, gone) = (await shared.NewRoomAsync(), await shared.Site.JoinAsync(ann, $"Gone {Interlocked.Increment(ref rooms)}"));
        await gone.SayAsync(room, "I was here.");
        await gone.SubmitAsync("/account/delete", ("Confirmation", ChatSite.Password), ("Writings", "Stay"));
        var name = (await ann.GetAsync($"/rooms/{room}")).Only("#room-name").TextContent;

        await ann.SubmitAsync($"/rooms/{room}/settings", ("Name", name), ("Kind", "Closed"), ("Posting", "Everybody"), ("ShowsHistory", "true"));

        var members = await shared.Site.Services.GetRequiredService<SqlReader>().AllAsync($"select person_id from memberships where room_id = {room}", row => row.GetInt64(0), Ct);
        Assert.Equal([1L], members);
        Assert.Equal(["I was here."], (await ann.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Of_the_same_people_there_is_one_direct_room_and_nobody_gets_into_it()
    {
        var cleo = await shared.Site.JoinAsync(ann, $"Cleo {Interlocked.Increment(ref rooms)}");
        var first = await ann.SubmitAsync("/direct/new", ("With", "2"));
        var again = await bob.SubmitAsync("/direct/new", ("With", "1"));
        Assert.Equal(first.Location, again.Location);
        var room = new RoomId(long.Parse(first.Location!.Split('/')[^1]));

        Assert.Equal("Bob", (await ann.GetAsync(first.Location)).Only("#room-name").TextContent);
        Assert.Equal("Ann", (await bob.GetAsync(first.Location)).Only("#room-name").TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await cleo.GetAsync(first.Location)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.SubmitAsync(await ann.GetAsync($"/rooms/{room}/about"), $"/rooms/{room}/about?handler=Add", ("Person", "3"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync($"/rooms/{room}/settings")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cleo.GetAsync(first.Location)).Status);
    }

    [Fact]
    public async Task An_owner_hands_a_closed_room_over_to_a_member_and_can_leave_then()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var (bob, cleo) = (await site.JoinAsync(ann, "Bob"), await site.JoinAsync(ann, "Cleo"));
        var room = await bob.NewClosedRoomAsync("Backroom");
        var (about, settings) = ($"/rooms/{room}/about", $"/rooms/{room}/settings");
        await bob.SubmitAsync(await bob.GetAsync(about), $"{about}?handler=Add", ("Person", "3"));

        // Neither one who is not in it nor an administrator who is not gets to read it like this.
        foreach (var (by, to, words) in new[]
        {
            (bob, "ann", "Nobody in this room who could own it has the handle @ann."), (bob, "", "Please say who gets the room."),
            (bob, "nobody", "Nobody in this room who could own it has the handle @nobody."), (ann, "@ann", "Nobody in this room who could own it has the handle @ann."),
        })
        {
            var refused = await by.SubmitAsync(await by.GetAsync(settings), $"{settings}?handler=HandOver", ("NewOwner", to));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, words, to), (refused.Status, refused.TextOf("#owner-problem"), refused.Field("NewOwner")));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await cleo.GetAsync(settings)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.SubmitAsync(await bob.GetAsync(about), $"{about}?handler=Remove", ("Person", "2"))).Status);

        Assert.Equal($"/rooms/{room}", (await bob.SubmitAsync(await bob.GetAsync(settings), $"{settings}?handler=HandOver", ("NewOwner", "@Cleo"))).Location);

        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(settings)).Status);
        Assert.Contains("Cleo owns this room.", (await cleo.GetAsync(settings)).TextOf("main"), StringComparison.Ordinal);
        Assert.Equal("/", (await bob.SubmitAsync(await bob.GetAsync(about), $"{about}?handler=Remove", ("Person", "2"))).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}")).Status);
        Assert.Contains("handed over a room to", (await ann.GetAsync("/admin/audit")).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_room_is_handed_over_to_anybody_who_has_joined()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        var room = await ann.NewRoomAsync("Garden");
        var settings = $"/rooms/{room}/settings";
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(settings)).Status);

        await ann.SubmitAsync(await ann.GetAsync(settings), $"{settings}?handler=HandOver", ("NewOwner", "bob"));

        Assert.Contains("Bob owns this room.", (await bob.GetAsync(settings)).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_an_archived_room_nobody_writes_and_everybody_reads()
    {
        var room = await shared.NewRoomAsync();
        await bob.SayAsync(room, "Before.");
        var composer = await bob.GetAsync($"/rooms/{room}/composer");

        // Twice, as somebody does who presses the button again, or another who looks at the same page.
        var settings = await ann.GetAsync($"/rooms/{room}/settings");
        for (var i = 0; i < 2; i++) await ann.SubmitAsync(settings, $"/rooms/{room}/settings?handler=Archive");

        var answer = await bob.SubmitAsync(composer, $"/rooms/{room}", ("key", "0123456789abcdef"), ("text", "After."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("archived", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["Before."], (await bob.GetAsync($"/rooms/{room}")).Messages);
    }

    [Fact]
    public async Task Who_is_removed_on_one_node_is_cut_off_within_2_seconds_on_another_that_nobody_tells()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var bob = await site.JoinAsync(ann, "Bob");
        var room = await ann.NewClosedRoomAsync("Closed");
        var about = await ann.GetAsync($"/rooms/{room}/about");
        await ann.SubmitAsync(about, $"/rooms/{room}/about?handler=Add", ("Person", "2"));
        await using var elsewhere = await site.StartOtherNodeAsync();
        var listening = await Task.WhenAll(Enum.GetValues<Carrier>().Select(carrier => bob.At(elsewhere.Address).ListenAsync(room, carrier)));
        await ann.SayAsync(room, "Bob hears this.");
        foreach (var reader in listening) await reader.HearAsync("Bob hears this.");

        await ann.SubmitAsync(about, $"/rooms/{room}/about?handler=Remove", ("Person", "2"));

        await Task.WhenAll(listening.Select(reader => reader.HearToTheEndAsync())).WaitAsync(TimeSpan.FromSeconds(2), Ct);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.At(elsewhere.Address).GetAsync($"/rooms/{room}")).Status);
        foreach (var reader in listening) await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_deleted_room_is_gone_for_everybody_and_only_its_owner_deletes_it()
    {
        var room = await shared.NewRoomAsync();
        await bob.SayAsync(room, Canary);
        var name = (await ann.GetAsync($"/rooms/{room}")).Only("#room-name").TextContent;
        await using var listening = await bob.ListenAsync(room, Carrier.WebSocket, await bob.PositionAsync(room));
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}/settings")).Status);

        var page = await ann.GetAsync($"/rooms/{room}/settings");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.SubmitAsync(page, $"/rooms/{room}/settings?handler=Delete", ("Confirmation", "another"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync($"/rooms/{room}")).Status);
        await ann.SubmitAsync(page, $"/rooms/{room}/settings?handler=Delete", ("Confirmation", name));

        await listening.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/rooms/{room}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync($"/rooms/{room}")).Status);
    }

    Task<RoomId> NewClosedRoomAsync(out string name)
    {
        name = $"Closed {Guid.NewGuid():N}"; // others on this site have names with numbers
        return ann.NewClosedRoomAsync(name);
    }

    Task AddBobAsync(RoomId room) => ann.AddAsync(room, "2");
}

public sealed class SqliteClosedRoomTests(SharedSite shared) : ClosedRoomContract(shared);

public sealed class PostgresClosedRoomTests(PostgresSite shared) : ClosedRoomContract(shared), IClassFixture<PostgresSite>;
