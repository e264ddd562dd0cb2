using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

public sealed class RoomLogsTests
{
    readonly Truth truth = new();
    readonly FakeTimeProvider time = new();
    readonly RoomLogs logs;

    public RoomLogsTests() => logs = new RoomLogs(truth, new SingleNode(), () => Truth.Epoch, Truth.Caches, time, NullLogger<RoomLog>.Instance);

    [Fact]
    public async Task All_who_open_a_room_at_once_share_one_log_that_was_loaded_once()
    {
        truth.CommitMany(3);

        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => logs.OpenAsync(Truth.Room, Ct), Ct)));

        Assert.Single(opened.Distinct());
        Assert.Equal(1, truth.HeadQueries);
        Assert.Equal([Truth.Room], logs.Open().Keys);
    }

    [Fact]
    public async Task A_log_that_could_not_be_loaded_is_loaded_for_the_next_who_asks()
    {
        truth.FailNext(1);

        await Assert.ThrowsAsync<IOException>(() => logs.OpenAsync(Truth.Room, Ct));

        Assert.NotNull(await logs.OpenAsync(Truth.Room, Ct));
    }

    [Fact]
    public async Task Who_leaves_while_a_log_is_loaded_leaves_it_to_the_others()
    {
        using var leaving = new CancellationTokenSource();
        var (first, second) = (logs.OpenAsync(Truth.Room, leaving.Token), logs.OpenAsync(Truth.Room, Ct));

        await leaving.CancelAsync();

        Assert.Equal(0, (await second.Soon()).Head);
        await Task.WhenAny(first);
    }

    [Fact]
    public async Task What_is_offered_reaches_the_rooms_own_log_and_a_room_that_nobody_reads_is_not_loaded_for_it()
    {
        var log = await logs.OpenAsync(Truth.Room, Ct);

        logs.Offer(Truth.Room, truth.Commit());
        logs.Offer(new RoomId(8), truth.Commit());

        Assert.Equal(1, log.Head);
        Assert.Equal([Truth.Room], logs.Open().Keys);
    }

    [Fact]
    public async Task A_log_is_closed_when_nobody_has_read_it_for_a_while_and_the_next_reader_is_given_a_new_one()
    {
        var first = await logs.OpenAsync(Truth.Room, Ct);
        truth.Commit();
        Pass(RoomLogs.KeepTime / 2);
        Assert.Same(first, await logs.OpenAsync(Truth.Room, Ct));

        Pass(RoomLogs.KeepTime + Heartbeats.Interval);

        Assert.Empty(logs.Open());
        Assert.Equal(1, (await logs.OpenAsync(Truth.Room, Ct)).Head);
    }

    [Fact]
    public async Task A_log_that_somebody_reads_stays_open_until_a_while_after_the_last_has_left()
    {
        var log = await logs.OpenAsync(Truth.Room, Ct);
        var (first, second) = (log.Enter(), log.Enter());

        Pass(2 * RoomLogs.KeepTime);
        first.Dispose();
        Pass(2 * RoomLogs.KeepTime);
        Assert.Same(log, logs.Open()[Truth.Room]);
        second.Dispose();
        Pass(RoomLogs.KeepTime / 2);
        Assert.Same(log, logs.Open()[Truth.Room]);
        Pass(RoomLogs.KeepTime);

        Assert.Empty(logs.Open());
    }

    [Fact]
    public async Task Whoever_comes_to_a_log_too_late_is_sent_away_and_its_list_is_not_an_old_one()
    {
        var log = await logs.OpenAsync(Truth.Room, Ct);
        Assert.Equal(0, (await log.SnapshotAsync(Ct)).Position.Seq);
        Pass(RoomLogs.KeepTime + Heartbeats.Interval);
        truth.Commit();

        Assert.Throws<IOException>(log.Enter);
        Assert.Equal(1, (await log.SnapshotAsync(Ct)).Position.Seq);
    }

    // Evenly, as the heartbeats do.
    void Pass(TimeSpan period)
    {
        for (var passed = TimeSpan.Zero; passed < period; passed += Heartbeats.Interval)
        {
            time.Advance(Heartbeats.Interval);
            logs.Beat();
        }
    }
}
