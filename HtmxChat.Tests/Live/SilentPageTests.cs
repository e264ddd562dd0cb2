using System.IO.Pipelines;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Live;

public sealed class SilentPageTests : RoomLogExamples
{
    // Masked, as everything from a browser is (RFC 6455, section 5.3).
    static readonly byte[] EmptyPong = [0x8A, 0x80, 1, 2, 3, 4];

    readonly List<byte[]> written = [];

    [Fact]
    public async Task A_page_that_has_said_nothing_for_long_is_asked_once_with_the_next_that_it_is_given_however_busy_the_room()
    {
        var (log, connections, page) = (await OpenAsync(), new LiveConnections(Time, Ct), new Pipe());
        using var connection = connections.Open(new LiveHolder("1", default, default), () => page.Writer.Complete());
        var running = new WebSocketCarrier(new WebSocketTransport(page.Reader, WriteAsync), connection, Pace.PerSecond(100, 100), TimeProvider.System).RunAsync(log, Truth.At(0), from: 0, (_, _) => throw new NotSupportedException());
        log.Offer(Truth.Commit());

        Time.Advance(SignsOfLife.AskAfter + TimeSpan.FromSeconds(1));
        connections.Sweep();
        log.Offer(Truth.Commit());
        log.Offer(Truth.Commit());

        Assert.Equal([false, false, true, false], written.Select(frames => frames.AsSpan().EndsWith(WebSocketFrame.Ping())));
        await page.Writer.CompleteAsync();
        await running.Soon();
    }

    [Fact]
    public async Task A_connection_that_has_to_end_just_when_its_page_says_something_ends()
    {
        var (log, connections, page) = (await OpenAsync(), new LiveConnections(Time, Ct), new Pipe());
        using var connection = connections.Open(new LiveHolder("1", default, default), () => page.Writer.Complete());
        await page.Writer.WriteAsync(EmptyPong, Ct);
        connection.End(LiveEnding.Stopping);

        var running = new WebSocketCarrier(new WebSocketTransport(page.Reader, WriteAsync), connection, Pace.PerSecond(100, 100), TimeProvider.System).RunAsync(log, Truth.At(0), from: 0, (_, _) => throw new NotSupportedException());

        Assert.Equal(WebSocketFrame.Close(WebSocketClose.Restarting), written[^1]);
        await page.Writer.CompleteAsync();
        await running.Soon();
    }

    [Fact]
    public async Task A_connection_that_has_to_end_just_when_its_log_has_something_to_say_ends()
    {
        Truth.CommitMany(400);
        var (log, connections, page) = (await OpenAsync(), new LiveConnections(Time, Ct), new Pipe());
        using var connection = connections.Open(new LiveHolder("1", default, default), () => page.Writer.Complete());
        var answer = Truth.Hold();
        var running = new WebSocketCarrier(new WebSocketTransport(page.Reader, WriteAsync), connection, Pace.PerSecond(100, 100), TimeProvider.System).RunAsync(log, Truth.At(0), from: 0, (_, _) => throw new NotSupportedException());

        connection.End(LiveEnding.Stopping);
        await page.Writer.CompleteAsync();
        answer.SetResult();
        await running.Soon();

        Assert.Equal(WebSocketFrame.Close(WebSocketClose.Restarting), written[^1]);
    }

    ValueTask WriteAsync(ReadOnlyMemory<byte> frames)
    {
        written.Add(frames.ToArray());
        return ValueTask.CompletedTask;
    }
}
