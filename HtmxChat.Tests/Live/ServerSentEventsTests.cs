using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

public sealed class ServerSentEventsTests(SharedSite shared) : ResumingCarrierContract(shared, Carrier.ServerSentEvents)
{
    [Fact]
    public async Task It_is_an_event_stream_that_no_proxy_keeps_back()
    {
        var room = await Shared.NewRoomAsync();

        await using var bob = Assert.IsType<ResponseReader>(await Shared.Bob.ListenAsync(room, Carrier.ServerSentEvents));

        Assert.Equal("text/event-stream", bob.Header("Content-Type"));
        Assert.Equal("no-store", bob.Header("Cache-Control"));
        Assert.Equal("no", bob.Header("X-Accel-Buffering"));
    }

    [Fact]
    public async Task An_answer_that_is_asked_for_once_is_complete_with_what_there_was_to_say()
    {
        var room = await Shared.NewRoomAsync();
        var listening = Shared.Bob.ListenByStreamAsync(room, $"{await Shared.Bob.PositionAsync(room)}&once", ("Accept", "text/event-stream"));
        await Shared.Ann.SayAsync(room, "Now.");

        await using var bob = await listening;
        await bob.HearToTheEndAsync();

        Assert.StartsWith("event: head\n", bob.Heard, StringComparison.Ordinal);
        Assert.Equal(["Now."], bob.Messages);
    }

    [Fact]
    public async Task An_answer_that_is_asked_for_now_is_complete_though_there_is_nothing_to_say()
    {
        var room = await Shared.NewRoomAsync();
        await Shared.Ann.SayAsync(room, "Before.");
        var position = await Shared.Bob.PositionAsync(room);

        await using var bob = await Shared.Bob.ListenByStreamAsync(room, $"{position}&once=now", ("Accept", "text/event-stream"));
        await bob.HearToTheEndAsync();

        Assert.Equal($"event: head\ndata: {position}\n\n", bob.Heard);
    }

    [Fact]
    public async Task Last_event_id_wins_over_the_address()
    {
        var room = await Shared.NewRoomAsync();
        var oldest = await Shared.Bob.PositionAsync(room);
        await Shared.Ann.SayAsync(room, "Seen.");
        var newest = await Shared.Bob.PositionAsync(room);
        await Shared.Ann.SayAsync(room, "Missed.");

        await using var bob = await Shared.Bob.ListenByStreamAsync(room, oldest, ("Accept", "text/event-stream"), ("Last-Event-ID", newest));
        await bob.HearAsync("Missed.");

        Assert.Equal(["Missed."], bob.Messages);
    }

    [Fact]
    public async Task The_id_of_an_event_is_where_the_page_then_stands()
    {
        var room = await Shared.NewRoomAsync();
        await using var bob = await Shared.Bob.ListenAsync(room, Carrier.ServerSentEvents, await Shared.Bob.PositionAsync(room));

        await Shared.Ann.SayAsync(room, "Now.");
        await bob.HearAsync("Now.");

        Assert.Contains($"id: {await Shared.Bob.PositionAsync(room)}\ndata: ", bob.Heard, StringComparison.Ordinal);
    }

    // A page that comes back is answered 401 or is let in again: the stream itself cannot say why it ended.
    protected override void SaysWhyItEnded(LiveReader ended, bool signedOut) => Assert.EndsWith("\n\n", ended.Heard, StringComparison.Ordinal);
}
