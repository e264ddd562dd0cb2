using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

/// <summary>What a page is told beside its log.</summary>
public sealed class AsideTests : RoomLogExamples
{
    readonly List<string> written = [];
    Task writing = Task.CompletedTask;
    TaskCompletionSource wrote = new();

    [Fact]
    public async Task A_quiet_page_is_told_at_once()
    {
        var (_, connection, running) = await RunAsync();

        connection.Aside.Say(new OutsideElement("mark-7", Bytes("<b>1</b>")));

        Assert.Contains("<b>1</b>", written[^1], StringComparison.Ordinal);
        await EndAsync(connection, running);
    }

    [Fact]
    public async Task A_page_that_is_slow_is_told_the_last_word_about_each_thing()
    {
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (log, connection, running) = await RunAsync();
        writing = slow.Task;
        log.Offer(Truth.Commit());

        foreach (var word in new[] { "<b>1</b>", "<b>2</b>", "<b>3</b>" }) connection.Aside.Say(new OutsideElement("mark-7", Bytes(word)));
        connection.Aside.Say(new OutsideElement("mark-8", Bytes("<i>9</i>")));
        Assert.DoesNotContain(written, frame => frame.Contains("mark-7", StringComparison.Ordinal));
        writing = Task.CompletedTask;
        slow.SetResult();

        await HasWrittenAsync("mark-7");
        var told = Assert.Single(written, frame => frame.Contains("mark-7", StringComparison.Ordinal));
        Assert.Contains("<b>3</b>", told, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>2</b>", told, StringComparison.Ordinal);
        Assert.Contains("<i>9</i>", told, StringComparison.Ordinal);
        await EndAsync(connection, running);
    }

    [Fact]
    public async Task A_page_that_is_told_something_still_hears_its_log_once()
    {
        var (log, connection, running) = await RunAsync();

        for (var i = 0; i < 100; i++) connection.Aside.Say(new OutsideElement("mark-7", Bytes($"<b>{i}</b>")));
        log.Offer(Truth.Commit());
        log.Offer(Truth.Commit());

        Assert.Equal(2, written.Count(frame => frame.Contains("hx-upsert", StringComparison.Ordinal)));
        Assert.Equal(100, written.Count(frame => frame.Contains("mark-7", StringComparison.Ordinal)));
        await EndAsync(connection, running);
    }

    [Fact]
    public async Task While_it_is_in_doubt_whether_a_page_is_right_it_is_told_nothing_that_would_pass_for_a_sign_of_life()
    {
        var (log, connection, running) = await RunAsync();
        log.Doubt();

        connection.Aside.Say(new OutsideElement("mark-7", Bytes("<b>1</b>")));
        Assert.DoesNotContain(written, frame => frame.Contains("mark-7", StringComparison.Ordinal));

        log.HeadIs(0);
        log.Offer(Truth.Commit());
        Assert.Contains(written, frame => frame.Contains("mark-7", StringComparison.Ordinal));
        await EndAsync(connection, running);
    }

    async Task<(RoomLog Log, LiveConnection Connection, Task Running)> RunAsync()
    {
        var log = await OpenAsync();
        var connection = new LiveConnections(Time, Ct).Open(new LiveHolder("1", default, default), () => { });
        return (log, connection, Reader.RunAsync(log, Truth.At(0), from: 0, connection, Carrier.ServerSentEvents, WriteAsync, connection.Ended));
    }

    async ValueTask WriteAsync(ReadOnlyMemory<byte> frame)
    {
        written.Add(Encoding.UTF8.GetString(frame.Span));
        Interlocked.Exchange(ref wrote, new()).SetResult();
        await writing;
    }

    async Task HasWrittenAsync(string part)
    {
        while (true)
        {
            var next = wrote.Task;
            if (written.Exists(frame => frame.Contains(part, StringComparison.Ordinal))) return;
            await next.Soon();
        }
    }

    static async Task EndAsync(LiveConnection connection, Task running)
    {
        connection.End(LiveEnding.Gone);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Soon());
        connection.Dispose();
    }

    static byte[] Bytes(string html) => Encoding.UTF8.GetBytes(html);
}
