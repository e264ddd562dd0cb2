using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Live;

public sealed class RoomLogsTests
{
    readonly Truth truth = new();
    readonly RoomLogs logs;

    public RoomLogsTests() => logs = new RoomLogs(truth, () => Truth.Epoch, Truth.Caches, new FakeTimeProvider(), NullLogger<RoomLog>.Instance);

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
}
