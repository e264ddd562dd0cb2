using CsCheck;
using HtmxChat.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

/// <summary>The log under offers that are lost, doubled and shuffled, a history that fails, and readers of every speed.</summary>
public sealed class RoomLogScheduleTests
{
    [Fact]
    public void Every_reader_sees_every_event_once_and_in_order_whatever_the_schedule() =>
        Stories.Sample(story => Schedule.Run(story.Seed, () => TellAsync(story)), iter: 400);

    [Fact]
    public async Task The_same_holds_when_everybody_runs_at_once_on_many_threads()
    {
        var truth = new Truth();
        var log = await RoomLog.OpenAsync(Truth.Room, Truth.Epoch, truth, Truth.Caches, TimeProvider.System, NullLogger.Instance, Ct);
        var readers = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new OrderlyReader(log, 0).ReadToAsync(2_000, pace: 0))));

        var events = truth.CommitMany(2_000);
        var offers = events.Concat(events).Where(e => e.Seq % 7 != 0).OrderBy(e => e.Seq + Random.Shared.Next(20)).ToList();
        await Task.WhenAll(offers.Chunk(500).Select(some => Task.Run(() => Array.ForEach(some, log.Offer), Ct)));

        await Until(readers, () => log.HeadIs(truth.Head));
    }

    /// <param name="Seed">Draws the order of the steps.</param>
    /// <param name="Before">How many events there were before anybody looked.</param>
    /// <param name="Offers">For each event after that, how long each of its offers is under way; none when it is lost.</param>
    /// <param name="Failures">At which events the database fails once.</param>
    /// <param name="Readers">Where each reader begins, as a share of what there was before in percent, and how long it takes over each batch.</param>
    sealed record Story(int Seed, int Before, int[][] Offers, int[] Failures, (int Begin, int Pace)[] Readers)
    {
        public int End => Before + Offers.Length;
    }

    static readonly Gen<Story> Stories = Gen.Select(
        Gen.Int[0, int.MaxValue],
        Gen.OneOf(Gen.Int[0, 20], Gen.Int[450, 800]),
        Gen.Int[0, 40].Array[0, 3].Array[1, 60],
        Gen.Int[0, 59].Array[0, 3],
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 30]).Array[1, 6],
        (seed, before, offers, failures, readers) => new Story(seed, before, offers, failures, readers));

    static async Task TellAsync(Story story)
    {
        var (truth, time) = (new Truth(), new FakeTimeProvider());
        truth.CommitMany(story.Before);
        var log = await RoomLog.OpenAsync(Truth.Room, Truth.Epoch, truth, Truth.Caches, time, NullLogger.Instance, CancellationToken.None);

        var readers = Task.WhenAll(story.Readers.Select(r => new OrderlyReader(log, story.Before * r.Begin / 100).ReadToAsync(story.End, r.Pace)));
        var writer = WriteAsync(story, truth, log);
        await LetTimePassAsync(truth, log, time, until: readers);
        await Task.WhenAll(readers, writer);
    }

    static async Task WriteAsync(Story story, Truth truth, RoomLog log)
    {
        var underWay = new List<Task>();
        for (var i = 0; i < story.Offers.Length; i++)
        {
            await Task.Yield();
            if (story.Failures.Contains(i)) truth.FailNext(1);
            var e = truth.Commit();
            underWay.AddRange(story.Offers[i].Select(delay => OfferAsync(log, e, delay)));
        }
        await Task.WhenAll(underWay);
    }

    static async Task OfferAsync(RoomLog log, LogEvent e, int delay)
    {
        for (var i = 0; i < delay; i++) await Task.Yield();
        log.Offer(e);
    }

    // The clock, the heartbeats and the head watch.
    static async Task LetTimePassAsync(Truth truth, RoomLog log, FakeTimeProvider time, Task until)
    {
        for (var tick = 1; !until.IsCompleted; tick++)
        {
            await Task.Yield();
            time.Advance(TimeSpan.FromMilliseconds(5));
            if (tick % 7 == 0) log.Beat();
            if (tick % 50 == 0) log.HeadIs(truth.Head);
        }
    }

    /// <summary>A reader that is not to be given anything twice, too early, or after a gap.</summary>
    sealed class OrderlyReader(RoomLog log, long begin)
    {
        long seen = begin;

        public async Task ReadToAsync(long end, int pace)
        {
            while (seen < end)
            {
                for (var i = 0; i < pace; i++) await Task.Yield();
                try
                {
                    See(await log.ReadAsync(Truth.At(seen), CancellationToken.None));
                }
                catch (IOException)
                {
                    // Its connection ends, and it comes back with the number that it has.
                }
            }
        }

        void See(Batch batch)
        {
            if (batch.IsHeartbeat)
            {
                // It names what is known to be there, which may still be on its way.
                Assert.True(batch.Position.Seq >= seen);
                return;
            }
            if (batch.Snapshot is { } list) Assert.True(list.Head - seen > RoomLog.MaxLag, $"The whole list up to {list.Head} was given to a reader at {seen}.");
            foreach (var e in batch.Events) Assert.Equal(++seen, e.Seq);

            seen = batch.Snapshot?.Head ?? seen;
            Assert.Equal(seen, batch.Position.Seq);
        }
    }
}
