using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

/// <summary>What the carriers promise that continue a page where it was.</summary>
public abstract class ResumingCarrierContract(SharedSite shared, Carrier carrier) : CarrierContract(shared, carrier)
{
    [Fact]
    public async Task After_a_position_exactly_what_was_missed_is_heard()
    {
        var room = await Shared.NewRoomAsync();
        await Shared.Ann.SayAsync(room, "Seen 1.", "Seen 2.");
        var position = await Shared.Bob.PositionAsync(room);
        await Shared.Ann.SayAsync(room, "Missed 1.", "Missed 2.");

        await using var bob = await Shared.Bob.ListenAsync(room, Carrier, position);
        await bob.HearAsync("Missed 2.");
        await Shared.Ann.SayAsync(room, "New.");
        await bob.HearAsync("New.");

        Assert.Equal(["Missed 1.", "Missed 2.", "New."], bob.Messages);
    }

    [Fact]
    public async Task A_page_that_has_everything_is_told_where_it_stands_and_nothing_else()
    {
        var room = await Shared.NewRoomAsync();
        await Shared.Ann.SayAsync(room, "Seen.");
        var position = await Shared.Bob.PositionAsync(room);

        await using var bob = await Shared.Bob.ListenAsync(room, Carrier, position);
        await bob.HearAsync(position);

        Assert.Empty(bob.Messages);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("rubbish")]
    [InlineData("anotherepoch.1")]
    public async Task A_page_whose_position_cannot_be_believed_is_given_the_list(string? position)
    {
        var room = await Shared.NewRoomAsync();
        await Shared.Ann.SayAsync(room, "One.", "Two.");

        await using var bob = await Shared.Bob.ListenAsync(room, Carrier, position);
        await bob.HearAsync("hx-target=\"#position\"");

        Assert.Contains("""<hx-partial hx-target="#messages" hx-swap="innerHTML">""", bob.Heard, StringComparison.Ordinal);
        Assert.Equal(["One.", "Two."], bob.Messages);
    }
}
