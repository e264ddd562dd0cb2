using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Tests.Live;

/// <summary>When a reader is given the whole list or asks history instead of events from memory.</summary>
public sealed class RoomLogListTests : RoomLogExamples
{
    [Fact]
    public async Task A_reader_too_far_behind_is_given_the_list_once_and_then_goes_on()
    {
        var log = await OpenAsync();
        foreach (var e in Truth.CommitMany(RoomLog.MaxLag + 1)) log.Offer(e);

        var batch = await log.ReadAsync(Truth.At(0), Ct);
        Assert.NotNull(batch.Snapshot);
        Assert.Equal(Truth.Head, batch.Position.Seq);

        var next = log.ReadAsync(batch.Position, Ct);
        Assert.False(next.IsCompleted);
        log.Offer(Truth.Commit());
        Assert.Equal([Truth.Head], Seqs(await next.Soon()));
    }

    [Fact]
    public async Task A_reader_just_near_enough_is_given_every_event()
    {
        Truth.CommitMany(RoomLog.MaxLag);
        var log = await OpenAsync();

        var batch = await log.ReadAsync(Truth.At(0), Ct);

        Assert.Null(batch.Snapshot);
        Assert.Equal(Enumerable.Range(1, RoomLog.MaxLag).Select(n => (long)n), Seqs(batch));
    }

    [Fact]
    public async Task What_memory_no_longer_has_comes_from_history()
    {
        Truth.CommitMany(400);
        var log = await OpenAsync();
        var asked = Truth.EventQueries;

        // The newest half of what memory can keep is 145 to 400.
        Assert.Equal(144, Seqs(await log.ReadAsync(Truth.At(143), Ct))[0]);
        Assert.Equal(asked + 1, Truth.EventQueries);

        Assert.Equal(145, Seqs(await log.ReadAsync(Truth.At(144), Ct))[0]);
        Assert.Equal(asked + 1, Truth.EventQueries);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("zzzzzzzz", 3)]
    [InlineData(Truth.Epoch, 6)]
    [InlineData(Truth.Epoch, long.MaxValue)]
    public async Task A_position_that_cannot_be_believed_is_answered_with_the_list(string? epoch, long seq)
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();

        var batch = await log.ReadAsync(epoch is null ? null : new Position(epoch, seq), Ct).Soon();

        Assert.NotNull(batch.Snapshot);
        Assert.Equal(Truth.At(5), batch.Position);
    }

    [Fact]
    public async Task Many_who_ask_for_the_list_at_once_are_given_the_same_one()
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();

        var lists = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => log.ReadAsync(null, Ct))).Soon();

        Assert.Single(lists.Distinct());
        log.Offer(Truth.Commit());
        Assert.Equal(6, (await log.ReadAsync(null, Ct)).Position.Seq);
    }

    [Fact]
    public async Task After_2_seconds_the_list_is_read_again_because_somebody_in_it_may_have_another_name()
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();
        var first = await log.SnapshotAsync(Ct);

        Time.Advance(RoomLog.ListKeepTime);
        Assert.Same(first, await log.SnapshotAsync(Ct));
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.NotSame(first, await log.SnapshotAsync(Ct));
    }

    [Fact]
    public async Task What_was_forgotten_is_read_again_for_the_list_and_for_those_who_are_behind_and_the_log_goes_on()
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();
        var (first, asked) = (await log.SnapshotAsync(Ct), Truth.EventQueries);
        var waiting = log.ReadAsync(Truth.At(5), Ct);
        Assert.Equal([4, 5], Seqs(await log.ReadAsync(Truth.At(3), Ct)));
        Assert.Equal(asked, Truth.EventQueries);

        log.Forget();

        Assert.NotSame(first, await log.SnapshotAsync(Ct));
        Assert.Equal([4, 5], Seqs(await log.ReadAsync(Truth.At(3), Ct)));
        Assert.Equal(asked + 1, Truth.EventQueries);
        Assert.False(waiting.IsCompleted);
        log.Offer(Truth.Commit());
        Assert.Equal([6], Seqs(await waiting.Soon()));
    }

    [Fact]
    public async Task With_caches_off_each_is_given_a_list_of_its_own()
    {
        var off = new Caches(new ConfigurationManager { ["Caches"] = "off" });
        var log = await RoomLog.OpenAsync(Truth.Room, Truth.Epoch, Truth, off, Time, NullLogger.Instance, Ct);

        Assert.NotSame(await log.SnapshotAsync(Ct), await log.SnapshotAsync(Ct));
    }

    [Fact]
    public async Task A_list_that_could_not_be_read_is_read_again_for_the_next_who_asks()
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();
        Truth.FailNext(1);

        await Assert.ThrowsAsync<IOException>(() => log.ReadAsync(null, Ct).Soon());

        Assert.NotNull((await log.ReadAsync(null, Ct).Soon()).Snapshot);
    }

    [Fact]
    public async Task Opening_reads_as_much_as_memory_keeps_and_no_more()
    {
        Truth.CommitMany(5_000);

        var log = await OpenAsync();

        Assert.Equal(5_000, log.Head);
        Assert.Equal(1, Truth.EventQueries);
    }
}
