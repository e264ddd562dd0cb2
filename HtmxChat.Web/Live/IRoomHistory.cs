using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>What the live side asks of the stored side: what memory no longer has, or never had.</summary>
public interface IRoomHistory
{
    /// <summary>The number of the room's newest committed event; 0 when there is none or no such room.</summary>
    Task<long> HeadAsync(RoomId room, CancellationToken ct);

    /// <summary>The newest numbers of several rooms in one query.</summary>
    Task<IReadOnlyDictionary<RoomId, long>> HeadsAsync(IReadOnlyCollection<RoomId> rooms, CancellationToken ct);

    /// <summary>The events after a number, in order and without gaps, at most <paramref name="limit"/>.</summary>
    /// <remarks>Each shows its message as it is now, so replaying them ends at the same page as loading it anew.</remarks>
    Task<IReadOnlyList<LogEvent>> EventsAsync(RoomId room, long after, int limit, CancellationToken ct);

    /// <summary>The list of the newest messages as a freshly loaded page shows it.</summary>
    /// <param name="from">The first message that it may show; 0 when it may show all.</param>
    Task<ListSnapshot> SnapshotAsync(RoomId room, long from, CancellationToken ct);
}
