using HtmxChat.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

public sealed class RoomLogTests
{
    readonly Truth truth = new();
    readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_reader_is_given_what_comes_after_its_number()
    {
        truth.CommitMany(5);
        var log = await OpenAsync();

        var batch = await log.ReadAsync(Truth.At(3), Ct);

        Assert.Equal([4, 5], Seqs(batch));
        Assert.Equal(Truth.At(5), batch.Position);
    }

    [Fact]
    public async Task A_reader_that_has_everything_waits_for_what_comes_next()
    {
        truth.CommitMany(5);
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(5), Ct).AsTask();
        Assert.False(reading.IsCompleted);

        log.Offer(truth.Commit());

        Assert.Equal([6], Seqs(await reading.Soon()));
    }

    [Fact]
    public async Task A_reader_that_leaves_while_it_waits_is_let_go()
    {
        var log = await OpenAsync();
        using var leaving = new CancellationTokenSource();
        var reading = log.ReadAsync(Truth.At(0), leaving.Token).AsTask();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Soon());
    }

    [Fact]
    public async Task An_event_that_is_offered_twice_is_given_once()
    {
        var log = await OpenAsync();
        var (first, second) = (truth.Commit(), truth.Commit());

        foreach (var e in new[] { first, first, second, first, second }) log.Offer(e);

        Assert.Equal([1, 2], Seqs(await log.ReadAsync(Truth.At(0), Ct)));
        Assert.Equal(2, log.Head);
    }

    [Fact]
    public async Task Offers_that_overtake_each_other_are_put_in_order_without_asking_history()
    {
        var log = await OpenAsync();
        var asked = truth.EventQueries;
        var (first, second, third) = (truth.Commit(), truth.Commit(), truth.Commit());

        log.Offer(third);
        log.Offer(second);
        Assert.Equal(0, log.Head);
        log.Offer(first);

        Assert.Equal([1, 2, 3], Seqs(await log.ReadAsync(Truth.At(0), Ct)));
        Assert.Equal(asked, truth.EventQueries);
    }

    [Fact]
    public async Task A_burst_is_one_batch()
    {
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(0), Ct).AsTask();
        log.Offer(truth.Commit());
        Assert.Equal([1], Seqs(await reading.Soon()));

        foreach (var e in truth.CommitMany(100)) log.Offer(e);

        Assert.Equal(100, (await log.ReadAsync(Truth.At(1), Ct)).Events.Count);
    }

    [Fact]
    public async Task A_batch_of_long_messages_is_cut_and_the_rest_follows()
    {
        var log = await OpenAsync();
        for (var i = 0; i < 10; i++) log.Offer(truth.Commit(bytes: 100_000));

        var batch = await log.ReadAsync(Truth.At(0), Ct);

        Assert.Equal([1, 2, 3], Seqs(batch));
        Assert.Equal([4, 5, 6], Seqs(await log.ReadAsync(batch.Position, Ct)));
    }

    [Fact]
    public async Task Readers_at_the_same_number_are_given_the_same_batch_and_the_same_bytes()
    {
        truth.CommitMany(5);
        var log = await OpenAsync();

        var (ann, bob) = (await log.ReadAsync(Truth.At(2), Ct), await log.ReadAsync(Truth.At(2), Ct));

        Assert.Same(ann, bob);
        Assert.True(ann.Frame(Carrier.WebSocket).Equals(bob.Frame(Carrier.WebSocket)));
        Assert.NotSame(ann, await log.ReadAsync(Truth.At(3), Ct));
    }

    [Fact]
    public async Task A_reader_too_far_behind_is_given_the_list_once_and_then_goes_on()
    {
        truth.CommitMany(RoomLog.MaxLag + 1);
        var log = await OpenAsync();

        var batch = await log.ReadAsync(Truth.At(0), Ct);
        Assert.NotNull(batch.Snapshot);
        Assert.Equal(truth.Head, batch.Position.Seq);

        var next = log.ReadAsync(batch.Position, Ct).AsTask();
        Assert.False(next.IsCompleted);
        log.Offer(truth.Commit());
        Assert.Equal([truth.Head], Seqs(await next.Soon()));
    }

    [Fact]
    public async Task A_reader_just_near_enough_is_given_every_event()
    {
        truth.CommitMany(RoomLog.MaxLag);
        var log = await OpenAsync();

        var batch = await log.ReadAsync(Truth.At(0), Ct);

        Assert.Null(batch.Snapshot);
        Assert.Equal(Enumerable.Range(1, RoomLog.MaxLag).Select(n => (long)n), Seqs(batch));
    }

    [Fact]
    public async Task What_memory_no_longer_has_comes_from_history()
    {
        truth.CommitMany(400);
        var log = await OpenAsync();
        var asked = truth.EventQueries;

        Assert.Equal(11, Seqs(await log.ReadAsync(Truth.At(10), Ct))[0]);
        Assert.Equal(asked + 1, truth.EventQueries);

        Assert.Equal(391, Seqs(await log.ReadAsync(Truth.At(390), Ct))[0]);
        Assert.Equal(asked + 1, truth.EventQueries);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("zzzzzzzz", 3)]
    [InlineData(Truth.Epoch, 6)]
    [InlineData(Truth.Epoch, long.MaxValue)]
    public async Task A_position_that_cannot_be_believed_is_answered_with_the_list(string? epoch, long seq)
    {
        truth.CommitMany(5);
        var log = await OpenAsync();

        var batch = await log.ReadAsync(epoch is null ? null : new Position(epoch, seq), Ct).Soon();

        Assert.NotNull(batch.Snapshot);
        Assert.Equal(Truth.At(5), batch.Position);
    }

    [Fact]
    public async Task Many_who_ask_for_the_list_at_once_are_given_the_same_one()
    {
        truth.CommitMany(5);
        var log = await OpenAsync();

        var lists = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => log.ReadAsync(null, Ct).AsTask())).Soon();

        Assert.Single(lists.Distinct());
        log.Offer(truth.Commit());
        Assert.Equal(6, (await log.ReadAsync(null, Ct)).Position.Seq);
    }

    [Fact]
    public async Task A_list_that_could_not_be_read_is_read_again_for_the_next_who_asks()
    {
        truth.CommitMany(5);
        var log = await OpenAsync();
        truth.FailNext(1);

        await Assert.ThrowsAsync<IOException>(() => log.ReadAsync(null, Ct).Soon());

        Assert.NotNull((await log.ReadAsync(null, Ct).Soon()).Snapshot);
    }

    [Fact]
    public async Task A_position_ahead_of_memory_is_looked_up_before_it_is_doubted()
    {
        truth.CommitMany(3);
        var log = await OpenAsync();
        var asked = truth.HeadQueries;
        truth.CommitMany(2);
        Assert.Equal(3, log.Head);

        var reading = log.ReadAsync(Truth.At(4), Ct).AsTask();
        await AdvanceUntil(reading);

        Assert.Equal([5], Seqs(await reading));
        Assert.Equal(asked + 1, truth.HeadQueries);
    }

    [Fact]
    public async Task A_heartbeat_reaches_every_waiting_reader_and_moves_none()
    {
        truth.CommitMany(5);
        var log = await OpenAsync();
        Task<Batch>[] reading = [.. Enumerable.Range(0, 3).Select(_ => log.ReadAsync(Truth.At(5), Ct).AsTask())];
        Assert.DoesNotContain(reading, r => r.IsCompleted);

        log.Beat();

        Assert.All(await Task.WhenAll(reading).Soon(), beat => Assert.True(beat.IsHeartbeat && beat.Position == Truth.At(5)));
    }

    [Fact]
    public async Task A_reader_that_lacks_something_is_given_that_and_no_heartbeat()
    {
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(0), Ct).AsTask();

        log.Offer(truth.Commit());
        log.Beat();

        Assert.Equal([1], Seqs(await reading.Soon()));
    }

    [Fact]
    public async Task A_lost_offer_is_found_by_the_head_watch()
    {
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(0), Ct).AsTask();
        truth.CommitMany(3);

        log.HeadIs(truth.Head);
        await AdvanceUntil(reading);

        Assert.Equal([1, 2, 3], Seqs(await reading));
    }

    [Fact]
    public async Task A_gap_is_one_question_however_many_readers_wait()
    {
        var log = await OpenAsync();
        Task<Batch>[] reading = [.. Enumerable.Range(0, 20).Select(_ => log.ReadAsync(Truth.At(0), Ct).AsTask())];
        var asked = truth.EventQueries;

        foreach (var e in truth.CommitMany(10).Skip(1)) log.Offer(e);
        await AdvanceUntil(Task.WhenAll(reading));

        Assert.All(reading, r => Assert.Equal(1, Seqs(r.Result)[0]));
        Assert.Equal(10, log.Head);
        Assert.Equal(asked + 1, truth.EventQueries);
    }

    [Fact]
    public async Task A_gap_that_history_could_not_fill_is_filled_when_the_head_watch_looks_again()
    {
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(0), Ct).AsTask();
        truth.CommitMany(3);
        truth.FailNext(2);

        await Until(reading, () =>
        {
            log.HeadIs(truth.Head);
            time.Advance(Patience);
        });

        Assert.Equal([1, 2, 3], Seqs(await reading));
    }

    [Fact]
    public async Task Opening_reads_as_much_as_memory_keeps_and_no_more()
    {
        truth.CommitMany(5_000);

        var log = await OpenAsync();

        Assert.Equal(5_000, log.Head);
        Assert.Equal(1, truth.EventQueries);
    }

    // What the log waits before it asks history, and a little more.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(60);

    Task<RoomLog> OpenAsync() => RoomLog.OpenAsync(Truth.Room, Truth.Epoch, truth, time, NullLogger.Instance, Ct);

    Task AdvanceUntil(Task done) => Until(done, () => time.Advance(Patience));

    static List<long> Seqs(Batch batch) => [.. batch.Events.Select(e => e.Seq)];
}
