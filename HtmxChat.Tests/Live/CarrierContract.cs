using System.Net;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Live;

/// <summary>What every carrier promises.</summary>
public abstract class CarrierContract(SharedSite shared, Carrier carrier)
{
    protected SharedSite Shared => shared;

    protected Carrier Carrier => carrier;

    [Fact]
    public async Task What_is_said_is_heard_once_and_in_order()
    {
        var room = await shared.NewRoomAsync();
        await using var bob = await shared.Bob.ListenAsync(room, carrier, await shared.Bob.PositionAsync(room));
        string[] said = [.. Enumerable.Range(1, 20).Select(n => $"Line {n} of 20.")];

        await shared.Ann.SayAsync(room, said);
        await bob.HearAsync(said[^1]);

        Assert.Equal(said, bob.Messages);
    }

    [Fact]
    public async Task Everyone_in_the_room_hears_the_same_and_the_author_too()
    {
        var room = await shared.NewRoomAsync();
        var position = await shared.Ann.PositionAsync(room);
        await using var ann = await shared.Ann.ListenAsync(room, carrier, position);
        await using var bob = await shared.Bob.ListenAsync(room, carrier, position);

        await shared.Ann.SayAsync(room, "From Ann.");
        await ann.HearAsync("From Ann.");
        await shared.Bob.SayAsync(room, "From Bob.");

        foreach (var reader in new[] { ann, bob })
        {
            await reader.HearAsync("From Bob.");
            Assert.Equal(["From Ann.", "From Bob."], reader.Messages);
        }
    }

    [Fact]
    public async Task What_is_said_in_another_room_is_not_heard()
    {
        var (here, elsewhere) = (await shared.NewRoomAsync(), await shared.NewRoomAsync());
        await using var bob = await shared.Bob.ListenAsync(here, carrier, await shared.Bob.PositionAsync(here));

        await shared.Ann.SayAsync(elsewhere, "Elsewhere.");
        await shared.Ann.SayAsync(here, "Here.");
        await bob.HearAsync("Here.");

        Assert.Equal(["Here."], bob.Messages);
        Assert.Equal(["Elsewhere."], (await shared.Bob.GetAsync($"/rooms/{elsewhere}")).Messages);
    }

    [Fact]
    public async Task Without_a_session_there_is_nothing_to_hear()
    {
        await using var stranger = await shared.Site.NewBrowser().ListenAsync(new RoomId(1), carrier);

        Assert.Equal(HttpStatusCode.Unauthorized, stranger.Status);
    }

    [Fact]
    public async Task A_room_that_does_not_exist_is_not_found()
    {
        await using var bob = await shared.Bob.ListenAsync(new RoomId(999_999), carrier);

        Assert.Equal(HttpStatusCode.NotFound, bob.Status);
    }

    [Fact]
    public async Task Signing_out_ends_it_within_two_seconds_and_nobody_elses()
    {
        var room = await shared.NewRoomAsync();
        var leaver = await shared.Site.SignInAsync("Bob");
        await using var leaving = await leaver.ListenAsync(room, carrier, await leaver.PositionAsync(room));
        await using var staying = await shared.Bob.ListenAsync(room, carrier, await shared.Bob.PositionAsync(room));
        await shared.Ann.SayAsync(room, "Both hear this.");
        await leaving.HearAsync("Both hear this.");

        await leaver.SignOutAsync();
        await leaving.HearToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);

        SaysWhyItEnded(leaving, signedOut: true);
        await using var again = await leaver.ListenAsync(room, carrier);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
        await shared.Ann.SayAsync(room, "Only who stayed hears this.");
        await staying.HearAsync("Only who stayed hears this.");
        Assert.DoesNotContain("Only who stayed", leaving.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stops_ends_it_and_after_the_restart_it_goes_on_where_it_was()
    {
        await using var site = await shared.StartAnotherAsync();
        var ann = await site.SetUpByAnnAsync();
        var room = await ann.NewRoomAsync("Restarts");
        var position = await ann.PositionAsync(room);
        await using var before = await ann.ListenAsync(room, carrier, position);
        await ann.SayAsync(room, "Before.");
        await before.HearAsync("Before.");

        var ending = before.HearToTheEndAsync();
        await site.StopAsync();
        await ending;
        SaysWhyItEnded(before, signedOut: false);

        await site.StartAsync();
        var back = ann.At(site.Address);
        await using var after = await back.ListenAsync(room, carrier, position);
        await back.SayAsync(room, "After.");
        await after.HearAsync("After.");
        Assert.Equal(["Before.", "After."], after.Messages);
    }

    /// <summary>Checks how the carrier tells the page whether it may come back.</summary>
    /// <param name="signedOut">Else the server is stopping.</param>
    protected abstract void SaysWhyItEnded(LiveReader ended, bool signedOut);
}
