using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.Housekeeping;

/// <summary>On either database.</summary>
public abstract class RenameRoomContract(SharedSite shared)
{
    readonly RenameRoom rename = shared.Site.Services.GetRequiredService<RenameRoom>();

    [Theory]
    [InlineData(Carrier.WebSocket)]
    [InlineData(Carrier.ServerSentEvents)]
    public async Task An_open_page_follows_and_a_fresh_one_shows_the_same(Carrier carrier)
    {
        var room = await shared.NewRoomAsync();
        var name = $"Attic {room} & co";
        await using var listening = await shared.Ann.ListenAsync(room, carrier, await shared.Ann.PositionAsync(room));

        Assert.IsType<RenameOutcome.Renamed>(await rename.RunAsync(room, new PersonId(1), Role.Administrator, $"  {name} ", Ct));

        await listening.HearAsync($"""<h1 id="room-name" dir="auto"><a href="/rooms/{room}/about">Attic {room} &amp; co</a></h1></div></hx-partial>""");
        var page = await shared.Ann.GetAsync($"/rooms/{room}");
        Assert.Equal(name, page.TextOf("h1"));
        Assert.Contains($"""<h1 id="room-name" dir="auto"><a href="/rooms/{room}/about">Attic {room} &amp; co</a></h1>""", page.Text, StringComparison.Ordinal);
        Assert.Equal(name, page.TextOf("#rooms [aria-current]"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(RoomLog.MaxLag)]
    public async Task A_page_that_was_away_has_the_name_when_it_is_back(int messagesMeanwhile)
    {
        var room = await shared.NewRoomAsync();
        var before = await shared.Ann.PositionAsync(room);

        await rename.RunAsync(room, new PersonId(1), Role.Administrator, $"Cellar {room}", Ct);
        await shared.Ann.SayAsync(room, Enumerable.Range(0, messagesMeanwhile).Select(i => $"{i}"));

        await using var listening = await shared.Ann.ListenAsync(room, Carrier.WebSocket, before);
        await listening.HearAsync($"""<h1 id="room-name" dir="auto"><a href="/rooms/{room}/about">Cellar {room}</a></h1>""");
    }

    [Fact]
    public async Task Only_who_made_the_room_names_it_and_an_administrator()
    {
        var room = await shared.NewRoomAsync();
        var before = (await shared.Ann.GetAsync($"/rooms/{room}")).TextOf("h1");

        Assert.IsType<RenameOutcome.NotFound>(await rename.RunAsync(room, new PersonId(1_000), Role.Member, "Mine", Ct));
        Assert.IsType<RenameOutcome.NotFound>(await rename.RunAsync(new RoomId(999_999), new PersonId(1), Role.Administrator, "Nowhere", Ct));

        Assert.Equal(before, (await shared.Ann.GetAsync($"/rooms/{room}")).TextOf("h1"));
    }

    [Fact]
    public async Task A_name_that_is_taken_or_says_nothing_is_refused_and_the_case_of_its_own_may_change()
    {
        var (room, other) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await rename.RunAsync(room, new PersonId(1), Role.Administrator, $"Loft {room}", Ct);

        Assert.Equal($"There is already a room called loft {room}.", await RefusalAsync(other, $"loft {room}"));
        Assert.Equal("Please give the room a name.", await RefusalAsync(other, " "));
        Assert.IsType<RenameOutcome.Renamed>(await rename.RunAsync(room, new PersonId(1), Role.Administrator, $"LOFT {room}", Ct));
    }

    async Task<string> RefusalAsync(RoomId room, string name) =>
        Assert.IsType<RenameOutcome.Refused>(await rename.RunAsync(room, new PersonId(1), Role.Administrator, name, Ct)).Why.Words;
}

public sealed class SqliteRenameRoomTests(SharedSite shared) : RenameRoomContract(shared);

public sealed class PostgresRenameRoomTests(PostgresSite shared) : RenameRoomContract(shared), IClassFixture<PostgresSite>;
