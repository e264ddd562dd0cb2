using HtmxChat.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

public sealed class HeartbeatsTests
{
    readonly Truth truth = new();
    readonly FakeTimeProvider time = new();
    readonly RoomLogs logs;

    public HeartbeatsTests() => logs = new RoomLogs(truth, () => Truth.Epoch, Truth.Caches, time, NullLogger<RoomLog>.Instance);

    [Fact]
    public async Task Every_five_seconds_every_reader_hears_the_newest_number()
    {
        truth.CommitMany(3);
        using var heartbeats = new Heartbeats(logs, new LiveConnections(time, CancellationToken.None), time);
        await heartbeats.StartAsync(Ct);
        var log = await logs.OpenAsync(Truth.Room, Ct);

        foreach (var _ in new[] { 1, 2, 3 })
        {
            var reading = log.ReadAsync(Truth.At(3), Ct);
            Assert.False(reading.IsCompleted);
            await Until(reading, () => time.Advance(Heartbeats.Interval));
            Assert.True((await reading).IsHeartbeat);
        }
        await heartbeats.StopAsync(Ct);
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

        await Until(reading, () => time.Advance(HeadWatch.Interval));

        Assert.Equal(1, Assert.Single((await reading).Events).Seq);
        await watch.StopAsync(Ct);
    }

    [Fact]
    public void Together_they_keep_the_promise_of_two_seconds_and_of_twelve()
    {
        Assert.True(HeadWatch.Interval < TimeSpan.FromSeconds(2));
        Assert.True(2 * 2 * Heartbeats.Interval < TimeSpan.FromSeconds(12));
    }
}
