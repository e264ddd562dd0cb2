using HtmxChat.Web.Live;

namespace HtmxChat.Tests.Live;

/// <summary>Offers are hints: what is lost, early or refused for a moment.</summary>
public sealed class RoomLogGapTests : RoomLogExamples
{
    [Fact]
    public async Task Offers_that_overtake_each_other_are_put_in_order_without_asking_history()
    {
        var log = await OpenAsync();
        var asked = Truth.EventQueries;
        var (first, second, third) = (Truth.Commit(), Truth.Commit(), Truth.Commit());

        log.Offer(third);
        log.Offer(second);
        Assert.Equal(0, log.Head);
        log.Offer(first);

        Assert.Equal([1, 2, 3], Seqs(await log.ReadAsync(Truth.At(0), Ct)));
        Assert.Equal(asked, Truth.EventQueries);
    }

    [Fact]
    public async Task A_position_ahead_of_memory_is_looked_up_before_it_is_doubted()
    {
        Truth.CommitMany(3);
        var log = await OpenAsync();
        var asked = Truth.HeadQueries;
        Truth.CommitMany(2);
        Assert.Equal(3, log.Head);

        var reading = log.ReadAsync(Truth.At(4), Ct);
        await AdvanceUntil(reading);

        Assert.Equal([5], Seqs(await reading));
        Assert.Equal(asked + 1, Truth.HeadQueries);
    }

    [Fact]
    public async Task A_lost_offer_is_found_by_the_head_watch()
    {
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(0), Ct);
        Truth.CommitMany(3);

        log.HeadIs(Truth.Head);
        await AdvanceUntil(reading);

        Assert.Equal([1, 2, 3], Seqs(await reading));
    }

    [Fact]
    public async Task A_gap_is_one_question_however_many_readers_wait()
    {
        var log = await OpenAsync();
        Task<Batch>[] reading = [.. Enumerable.Range(0, 20).Select(_ => log.ReadAsync(Truth.At(0), Ct))];
        var asked = Truth.EventQueries;

        foreach (var e in Truth.CommitMany(10).Skip(1)) log.Offer(e);
        await AdvanceUntil(Task.WhenAll(reading));

        Assert.All(reading, r => Assert.Equal(1, Seqs(r.Result)[0]));
        Assert.Equal(10, log.Head);
        Assert.Equal(asked + 1, Truth.EventQueries);
    }

    [Fact]
    public async Task A_gap_that_history_could_not_fill_is_filled_when_the_head_watch_looks_again()
    {
        var log = await OpenAsync();
        var reading = log.ReadAsync(Truth.At(0), Ct);
        Truth.CommitMany(3);
        Truth.FailNext(2);

        await Until(reading, () =>
        {
            log.HeadIs(Truth.Head);
            Time.Advance(Patience);
        });

        Assert.Equal([1, 2, 3], Seqs(await reading));
    }
}
