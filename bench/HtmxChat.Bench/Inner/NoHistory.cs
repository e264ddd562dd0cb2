using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Bench.Inner;

/// <summary>The history of a room in which nothing has been said yet.</summary>
public sealed class NoHistory : IRoomHistory
{
    public Task<long> HeadAsync(RoomId room, CancellationToken ct) => Task.FromResult(0L);

    public Task<IReadOnlyDictionary<RoomId, long>> HeadsAsync(IReadOnlyCollection<RoomId> rooms, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<RoomId, long>>(new Dictionary<RoomId, long>());

    public Task<IReadOnlyList<LogEvent>> EventsAsync(RoomId room, long after, int limit, CancellationToken ct) => Task.FromResult<IReadOnlyList<LogEvent>>([]);

    public Task<ListSnapshot> SnapshotAsync(RoomId room, long from, CancellationToken ct) => Task.FromResult(new ListSnapshot(0, ReadOnlyMemory<byte>.Empty, RecentId: null, Outside: []));
}
