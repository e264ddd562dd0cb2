using System.Collections.Concurrent;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Live;

/// <summary>What every relay promises, and what the logs make of it. Nobody watches the heads here, so what arrives came by the relay.</summary>
public abstract class RelayContract
{
    static readonly RoomId Elsewhere = new(8);

    readonly Truth truth = new();

    /// <summary>One more node's end of the relay, once it is there.</summary>
    protected abstract Task<IRelay> JoinAsync();

    [Fact]
    public async Task What_is_said_on_one_node_reaches_the_readers_of_the_other()
    {
        var (here, there) = (await NodeAsync(), await NodeAsync());
        var log = await there.OpenAsync(Truth.Room);
        var asked = truth.EventQueries;
        var reading = log.ReadAsync(Truth.At(0), Ct);

        var said = truth.Commit();
        here.Logs.Offer(Truth.Room, said);

        var e = Assert.Single((await reading.Soon()).Events);
        Assert.Equal((said.Seq, said.Kind, said.ElementId), (e.Seq, e.Kind, e.ElementId));
        Assert.Equal(said.Html.ToArray(), e.Html.ToArray());
        Assert.Equal(asked, truth.EventQueries);
    }

    [Fact]
    public async Task A_node_hears_its_own_words_and_its_readers_are_given_them_once()
    {
        var here = await NodeAsync();
        var log = await here.OpenAsync(Truth.Room);

        foreach (var e in truth.CommitMany(20)) here.Logs.Offer(Truth.Room, e);
        await HeardAsync(here, 20);

        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), (await log.ReadAsync(Truth.At(0), Ct).Soon()).Events.Select(e => e.Seq));
        Assert.False(log.ReadAsync(Truth.At(20), Ct).IsCompleted);
    }

    [Fact]
    public async Task A_node_without_readers_of_a_room_is_sent_none_of_it()
    {
        var (here, reads, readsAnother, idle) = (await NodeAsync(), await NodeAsync(), await NodeAsync(), await NodeAsync());
        await reads.OpenAsync(Truth.Room);
        await readsAnother.OpenAsync(Elsewhere);

        for (var i = 0; i < 100; i++) here.Logs.Offer(Truth.Room, truth.Commit(bytes: 1_000));
        await HeardAsync(reads, 100);
        await Task.WhenAll(WordPassesAsync(here, readsAnother), WordPassesAsync(here, idle));

        Assert.InRange(reads.HeardBytes, 100_000, 110_000);
        Assert.Equal((1, 1), (readsAnother.Heard, idle.Heard));
    }

    [Fact]
    public async Task Two_channels_do_not_mix()
    {
        var (here, there) = (await JoinAsync(), await JoinAsync());
        var (one, other) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        using var first = there.Listen("site:1", message => one.Enqueue(Encoding.UTF8.GetString(message.Span)));
        using var second = there.Listen("site:11", message => other.Enqueue(Encoding.UTF8.GetString(message.Span)));
        await Task.WhenAll(first.Begun, second.Begun).Soon();

        for (var i = 0; i < 50; i++)
        {
            here.Publish("site:1", Encoding.UTF8.GetBytes($"one {i}"));
            here.Publish("site:11", Encoding.UTF8.GetBytes($"other {i}"));
        }
        await Until(() => one.Count >= 50 && other.Count >= 50);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"one {i}"), one);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"other {i}"), other);
    }

    [Fact]
    public async Task Two_sites_do_not_mix()
    {
        var (here, there, otherSite) = (await NodeAsync(), await NodeAsync(), new RelayNode(await JoinAsync(), new Truth(), epoch: "otherone"));
        await there.OpenAsync(Truth.Room);
        var log = await otherSite.OpenAsync(Truth.Room);

        foreach (var e in truth.CommitMany(10)) here.Logs.Offer(Truth.Room, e);
        await HeardAsync(there, 10);
        await WordPassesAsync(here, otherSite);

        Assert.Equal((1, 0), (otherSite.Heard, log.Head));
    }

    [Fact]
    public async Task A_room_that_nobody_reads_any_more_is_not_listened_to_and_whoever_comes_back_lacks_nothing()
    {
        var (here, there) = (await NodeAsync(), await NodeAsync());
        var log = await there.OpenAsync(Truth.Room);
        using (log.Enter())
        {
            there.Pass(2 * RoomLogs.KeepTime);
            here.Logs.Offer(Truth.Room, truth.Commit());
            await HeardAsync(there, 1);
        }

        there.Pass(RoomLogs.KeepTime + Heartbeats.Interval);
        Assert.Empty(there.Logs.Open());
        await WordPassesAsync(here, there);
        foreach (var e in truth.CommitMany(5)) here.Logs.Offer(Truth.Room, e);
        await WordPassesAsync(here, there);
        Assert.Equal(3, there.Heard);

        var again = await there.OpenAsync(Truth.Room);
        Assert.Equal([2, 3, 4, 5, 6], (await again.ReadAsync(Truth.At(1), Ct).Soon()).Events.Select(e => e.Seq));
        var reading = again.ReadAsync(Truth.At(6), Ct);
        here.Logs.Offer(Truth.Room, truth.Commit());
        Assert.Equal(7, Assert.Single((await reading.Soon()).Events).Seq);
    }

    [Fact]
    public async Task What_is_said_while_a_room_is_being_opened_is_not_missed()
    {
        var (here, there) = (await NodeAsync(), await NodeAsync());
        for (var i = 1; i <= 30; i++)
        {
            var opening = there.Logs.OpenAsync(Truth.Room, Ct);
            here.Logs.Offer(Truth.Room, truth.Commit());
            var log = await opening;
            await there.ListensAsync();

            var batch = await log.ReadAsync(Truth.At(i - 1), Ct).Soon();

            Assert.Equal(i, Assert.Single(batch.Events).Seq);
            there.Pass(RoomLogs.KeepTime + Heartbeats.Interval);
            Assert.Empty(there.Logs.Open());
        }
    }

    [Fact]
    public async Task Leaving_a_channel_and_entering_it_at_the_same_moment_ends_inside()
    {
        var (here, there) = (await JoinAsync(), await JoinAsync());
        var heard = new SemaphoreSlim(0);
        var listening = there.Listen("door", _ => { });
        for (var i = 0; i < 200; i++)
        {
            var next = there.Listen("door", _ => heard.Release());
            listening.Dispose();
            listening = next;
        }
        await listening.Begun.Soon();

        here.Publish("door", "knock"u8.ToArray());

        Assert.True(await heard.WaitAsync(Longest, Ct));
        listening.Dispose();
    }

    [Fact]
    public async Task However_much_is_lost_doubled_and_shuffled_every_reader_ends_with_the_whole_room_in_order()
    {
        var way = new UnreliableWay(seed: 20261123);
        var (here, there) = (await NodeAsync(), new RelayNode(await JoinAsync(), truth, change: way.Before));
        var log = await there.OpenAsync(Truth.Room);
        List<IDisposable> places = [.. Enumerable.Range(0, 8).Select(_ => log.Enter())]; // at once: a log without readers is closed
        var readers = Task.WhenAll(places.Select(place => Task.Run(() => ReadInOrderAsync(log, place, upTo: 1_000), Ct)));

        foreach (var e in truth.CommitMany(1_000)) here.Logs.Offer(Truth.Room, e);
        await HeardAsync(there, 1_000);
        await Until(readers, () =>
        {
            log.HeadIs(truth.Head);
            there.Pass(Heartbeats.Interval);
        });

        Assert.Equal(1_000, log.Head);
        Assert.True(way.Lost > 50 && way.Doubled > 50 && way.Held > 200, $"{way.Lost} were lost, {way.Doubled} doubled, {way.Held} late.");
    }

    [Fact]
    public async Task A_long_message_arrives_whole()
    {
        var (here, there) = (await JoinAsync(), await JoinAsync());
        var heard = new TaskCompletionSource<ReadOnlyMemory<byte>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = there.Listen("long", heard.SetResult);
        await listening.Begun.Soon();
        var message = new byte[256 * 1024];
        Random.Shared.NextBytes(message);

        here.Publish("long", message);

        Assert.Equal(message, (await heard.Task.Soon()).ToArray());
    }

    [Fact]
    public async Task To_say_something_where_nobody_listens_is_no_error() => (await JoinAsync()).Publish("nowhere", "hello"u8.ToArray());

    async Task<RelayNode> NodeAsync() => new(await JoinAsync(), truth);

    static Task HeardAsync(RelayNode node, int messages) => Until(() => node.Heard >= messages);

    // Whatever was published before it has been sent to whom it concerns when this arrives.
    static async Task WordPassesAsync(RelayNode from, RelayNode to)
    {
        var (channel, passed) = ($"word {Guid.NewGuid()}", new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        using var listening = to.Listen(channel, _ => passed.SetResult());
        await listening.Begun.Soon();
        from.Publish(channel, "word"u8.ToArray());
        await passed.Task.Soon();
    }

    static async Task ReadInOrderAsync(RoomLog log, IDisposable place, long upTo)
    {
        using var entered = place;
        using var waiter = new Waiter(Ct);
        for (var seen = 0L; seen < upTo;)
        {
            var batch = await log.ReadAsync(Truth.At(seen), waiter);
            foreach (var e in batch.Events) Assert.Equal(++seen, e.Seq);
            if (batch.Snapshot is { } list) seen = list.Head;
        }
    }

    static async Task Until(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Longest);
        while (!isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    static Task Until(Task done, Action push) => Waiting.Until(done, push);
}
