using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

public sealed class HeartbeatsTests
{
    readonly Truth truth = new();
    readonly FakeTimeProvider time = new();
    readonly RoomLogs logs;

    public HeartbeatsTests() => logs = new RoomLogs(truth, new SingleNode(), () => Truth.Epoch, Truth.Caches, time, NullLogger<RoomLog>.Instance);

    [Fact]
    public async Task Every_five_seconds_every_reader_hears_the_newest_number()
    {
        truth.CommitMany(3);
        var log = await logs.OpenAsync(Truth.Room, Ct);
        using var place = log.Enter();

        foreach (var _ in new[] { 1, 2, 3 })
        {
            var reading = log.ReadAsync(Truth.At(3), Ct);
            Beat();
            Assert.False(reading.IsCompleted);
            Beat();
            Assert.True((await reading.Soon()).IsHeartbeat);
        }
    }

    [Fact]
    public async Task The_clock_beats_the_logs()
    {
        using var heartbeats = new Heartbeats(logs, new LiveConnections(time, CancellationToken.None), time, NullLogger<Heartbeats>.Instance);
        await heartbeats.StartAsync(Ct);
        var log = await logs.OpenAsync(Truth.Room, Ct);
        using var place = log.Enter();
        var reading = log.ReadAsync(Truth.At(0), Ct);

        await Until(reading, () =>
        {
            log.HeadIs(0); // this clock runs so fast that it looks as if the process had stood still
            time.Advance(Heartbeats.Interval);
        });

        Assert.True((await reading).IsHeartbeat);
        await heartbeats.StopAsync(Ct);
    }

    [Fact]
    public async Task A_connection_that_cannot_even_be_aborted_does_not_stop_the_clock()
    {
        var connections = new LiveConnections(time, CancellationToken.None);
        using var heartbeats = new Heartbeats(logs, connections, time, NullLogger<Heartbeats>.Instance);
        var aborts = 0;
        var abortedTwice = new TaskCompletionSource();
        using var stuck = connections.Open(new LiveHolder("1", new PersonId(1), Truth.Room), () =>
        {
            if (++aborts == 2) abortedTwice.SetResult();
            throw new ObjectDisposedException("request");
        });
        var writing = stuck.Life.WriteAsync(_ => new ValueTask(abortedTwice.Task), default);
        await heartbeats.StartAsync(Ct);

        await Until(writing.AsTask(), time, SignsOfLife.MaxWrite);

        await heartbeats.StopAsync(Ct);
    }

    [Fact]
    public async Task After_a_pause_nobody_is_told_that_there_is_nothing_new_before_the_database_has_said_so()
    {
        var log = await logs.OpenAsync(Truth.Room, Ct);
        using var place = log.Enter();
        Beat();
        var reading = log.ReadAsync(Truth.At(0), Ct);

        time.Advance(RoomLogs.MaxPause);
        for (var beat = 0; beat < 10; beat++) Beat();
        Assert.False(reading.IsCompleted);
        log.HeadIs(0);
        Beat();
        Beat();

        Assert.True((await reading.Soon()).IsHeartbeat);
    }

    [Fact]
    public async Task The_first_page_after_a_pause_is_up_to_date_although_no_clock_has_ticked_yet()
    {
        truth.Commit();
        await logs.OpenAsync(Truth.Room, Ct);
        Beat();
        var before = await (await logs.OpenAsync(Truth.Room, Ct)).SnapshotAsync(Ct);
        truth.Commit();
        Assert.Same(before, await (await logs.OpenAsync(Truth.Room, Ct)).SnapshotAsync(Ct));

        time.Advance(RoomLogs.MaxPause + TimeSpan.FromSeconds(1));
        var after = await logs.OpenAsync(Truth.Room, Ct);

        Assert.Equal(Truth.At(2), after.Heartbeat().Position);
        Assert.Equal(2, (await after.SnapshotAsync(Ct)).Position.Seq);
    }

    [Fact]
    public async Task A_lost_event_is_found_by_the_head_watch_within_its_interval_even_after_the_database_was_away()
    {
        using var watch = new HeadWatch(logs, truth, time, NullLogger<HeadWatch>.Instance);
        await watch.StartAsync(Ct);
        var log = await logs.OpenAsync(Truth.Room, Ct);
        var reading = log.ReadAsync(Truth.At(0), Ct);
        truth.Commit();
        truth.FailNext(3);

        await Until(reading, time, HeadWatch.Interval);

        Assert.Equal(1, Assert.Single((await reading).Events).Seq);
        await watch.StopAsync(Ct);
    }

    [Fact]
    public void Together_they_keep_the_promise_of_two_seconds_and_of_twelve()
    {
        Assert.True(HeadWatch.Interval < TimeSpan.FromSeconds(2));
        Assert.True(2 * 2 * Heartbeats.Interval < TimeSpan.FromSeconds(12));
    }

    void Beat()
    {
        time.Advance(Heartbeats.Interval);
        logs.Beat();
    }
}
