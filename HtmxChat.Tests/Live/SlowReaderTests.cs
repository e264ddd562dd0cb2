using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

/// <summary>A reader who is slow, or has stopped to read, when the connection has to end: signed out, banned, or taken out of the room.</summary>
public sealed class SlowReaderTests : RoomLogExamples
{
    readonly SlowPage page = new();

    public static TheoryData<Carrier> Carriers => [Carrier.WebSocket, Carrier.ServerSentEvents, Carrier.Html];

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task It_is_written_nothing_that_is_said_after_the_end(Carrier carrier)
    {
        var (log, connection) = (await OpenAsync(), Open());
        var carrying = page.CarryAsync(carrier, connection, log);
        log.Offer(Truth.Commit());
        await page.ReadUpToAsync("m-1");

        connection.End(LiveEnding.Removed);
        log.Offer(Truth.Commit());
        connection.Aside.Say(new OutsideElement("aside", "<p id=\"aside\">Of another room.</p>"u8.ToArray()));
        await page.ReadToTheEndAsync();
        await carrying.Soon();

        Assert.Contains("m-1", page.Read, StringComparison.Ordinal);
        Assert.DoesNotContain("m-2", page.Read, StringComparison.Ordinal);
        Assert.DoesNotContain("aside", page.Read, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task It_is_cut_off_within_two_seconds_where_it_does_not_read(Carrier carrier)
    {
        var (log, connection) = (await OpenAsync(), Open());
        var carrying = page.CarryAsync(carrier, connection, log);
        log.Offer(Truth.Commit());
        await page.ReadUpToAsync("m-1");

        connection.End(LiveEnding.Removed);
        await page.Aborted.WaitAsync(TimeSpan.FromSeconds(2), Ct);

        await carrying.Soon();
    }

    [Theory]
    [InlineData(Truth.Epoch, 999, 3)]
    [InlineData(Truth.Epoch, 2, 2)]
    [InlineData("another1", 2, 0)]
    public async Task A_page_has_been_shown_no_more_than_there_is_whatever_it_says(string epoch, long seq, long shown)
    {
        Truth.CommitMany(3);
        var (log, connection, heartbeat) = (await OpenAsync(), Open(), new TaskCompletionSource());
        Truth.Hold();
        var reading = Reader.RunAsync(log, new Position(epoch, seq), from: 0, connection, Carrier.WebSocket, _ => heartbeat.TrySetResult() ? ValueTask.CompletedTask : new ValueTask(Task.Delay(-1, Ct)), connection.Ended);
        await heartbeat.Task.Soon();

        Assert.Equal(shown, connection.View.WrittenSeq);
        connection.End(LiveEnding.Gone);
    }

    LiveConnection Open() => new LiveConnections(TimeProvider.System, Ct).Open(new LiveHolder("1", default, default), page.Abort);
}
