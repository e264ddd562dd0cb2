using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

/// <summary>How readers wait and what they are given.</summary>
public sealed class RoomLogTests : RoomLogExamples
{
    [Fact]
    public async Task A_reader_is_given_what_comes_after_its_number()
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();

        var batch = await log.ReadAsync(Truth.At(3), Ct);

        Assert.Equal([4, 5], Seqs(batch));
        Assert.Equal(Truth.At(5), batch.Position);
    }

    [Fact]
    public async Task A_reader_that_has_everything_waits_for_what_comes_next()
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(5), Ct);
        Assert.False(reading.IsCompleted);

        log.Offer(Truth.Commit());

        Assert.Equal([6], Seqs(await reading.Soon()));
    }

    [Fact]
    public async Task A_reader_that_leaves_while_it_waits_is_let_go()
    {
        var log = await OpenAsync();
        using var leaving = new CancellationTokenSource();
        var reading = log.ReadAsync(Truth.At(0), leaving.Token);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Soon());
    }

    [Fact]
    public async Task An_event_that_is_offered_twice_is_given_once()
    {
        var log = await OpenAsync();
        var (first, second) = (Truth.Commit(), Truth.Commit());

        foreach (var e in new[] { first, first, second, second, first }) log.Offer(e);

        Assert.Equal([1, 2], Seqs(await log.ReadAsync(Truth.At(0), Ct)));
        Assert.Equal(2, log.Head);
    }

    [Fact]
    public async Task A_burst_is_one_batch()
    {
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(0), Ct);
        log.Offer(Truth.Commit());
        Assert.Equal([1], Seqs(await reading.Soon()));

        foreach (var e in Truth.CommitMany(100)) log.Offer(e);

        Assert.Equal(100, (await log.ReadAsync(Truth.At(1), Ct)).Events.Count);
    }

    [Fact]
    public async Task A_batch_of_long_messages_is_cut_and_the_rest_follows()
    {
        var log = await OpenAsync();
        for (var i = 0; i < 10; i++) log.Offer(Truth.Commit(bytes: 100_000));

        var batch = await log.ReadAsync(Truth.At(0), Ct);

        Assert.Equal([1, 2, 3], Seqs(batch));
        Assert.Equal([4, 5, 6], Seqs(await log.ReadAsync(batch.Position, Ct)));
    }

    [Fact]
    public async Task Readers_at_the_same_number_are_given_the_same_batch_and_the_same_bytes()
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();

        var (ann, bob) = (await log.ReadAsync(Truth.At(2), Ct), await log.ReadAsync(Truth.At(2), Ct));

        Assert.Same(ann, bob);
        Assert.True(ann.Frame(Carrier.WebSocket).Equals(bob.Frame(Carrier.WebSocket)));
        Assert.NotSame(ann, await log.ReadAsync(Truth.At(3), Ct));
    }

    [Fact]
    public async Task What_is_shared_is_never_out_of_date()
    {
        var log = await OpenAsync();
        log.Offer(Truth.Commit());
        Assert.Equal([1], Seqs(await log.ReadAsync(Truth.At(0), Ct)));
        Assert.Equal(Truth.At(1), log.Heartbeat().Position);

        log.Offer(Truth.Commit());

        Assert.Equal([1, 2], Seqs(await log.ReadAsync(Truth.At(0), Ct)));
        Assert.Equal(Truth.At(2), log.Heartbeat().Position);
    }

    [Fact]
    public async Task A_heartbeat_reaches_every_waiting_reader_and_moves_none()
    {
        Truth.CommitMany(5);
        var log = await OpenAsync();
        Task<Batch>[] reading = [.. Enumerable.Range(0, 3).Select(_ => log.ReadAsync(Truth.At(5), Ct))];
        Assert.DoesNotContain(reading, r => r.IsCompleted);

        log.Beat();
        Assert.DoesNotContain(reading, r => r.IsCompleted);
        log.Beat();

        Assert.All(await Task.WhenAll(reading).Soon(), beat => Assert.True(beat.IsHeartbeat && beat.Position == Truth.At(5)));
    }

    [Fact]
    public async Task Where_something_is_said_between_the_beats_there_is_no_heartbeat()
    {
        var log = await OpenAsync();

        for (var beat = 1; beat <= 12; beat++)
        {
            log.Offer(Truth.Commit());
            var reading = log.ReadAsync(Truth.At(log.Head), Ct);
            log.Beat();
            log.Offer(Truth.Commit());

            Assert.False((await reading.Soon()).IsHeartbeat);
        }
    }

    [Fact]
    public async Task A_reader_that_lacks_something_is_given_that_and_no_heartbeat()
    {
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(0), Ct);

        log.Offer(Truth.Commit());
        log.Beat();

        Assert.Equal([1], Seqs(await reading.Soon()));
    }

    [Fact]
    public async Task Who_comes_late_is_not_told_what_an_element_was_before_it_changed()
    {
        var log = await OpenAsync();
        log.Offer(Truth.Commit());
        log.Offer(new LogEvent(2, LogEventKind.Replace, "m-1", "<p id=\"m-1\">gone</p>"u8.ToArray()));

        var batch = await log.ReadAsync(Truth.At(0), Ct);

        Assert.Equal([1, 2], Seqs(batch));
        Assert.All(batch.Events, e => Assert.Equal("<p id=\"m-1\">gone</p>", System.Text.Encoding.UTF8.GetString(e.Html.Span)));
        Assert.Equal([LogEventKind.Insert, LogEventKind.Replace], batch.Events.Select(e => e.Kind));
    }
}
