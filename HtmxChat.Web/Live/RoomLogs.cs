using System.Collections.Concurrent;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>The logs of the rooms that somebody has read since this node started. Safe for any number of threads.</summary>
/// <param name="epoch">Gives the life of the database, see <see cref="Position.Epoch"/>.</param>
public sealed class RoomLogs(IRoomHistory history, Func<string> epoch, Caches caches, TimeProvider time, ILogger<RoomLog> logger)
{
    readonly ConcurrentDictionary<RoomId, Lazy<Task<RoomLog>>> logs = new();

    /// <summary>The room's log, loaded from the database when it is not open yet.</summary>
    /// <remarks>The caller has found that the room exists; nothing is checked here.</remarks>
    public async Task<RoomLog> OpenAsync(RoomId room, CancellationToken ct)
    {
        // Loading is shared by everyone who asks, so one caller's cancellation must not end it.
        var opening = logs.GetOrAdd(room, id => new(() => RoomLog.OpenAsync(id, epoch(), history, caches, time, logger, CancellationToken.None)));
        try
        {
            return await opening.Value.WaitAsync(ct);
        }
        catch when (opening.Value.IsFaulted)
        {
            logs.TryRemove(KeyValuePair.Create(room, opening));
            throw;
        }
    }

    /// <summary>Hands a committed event to the room's log, if anybody reads it here.</summary>
    public void Offer(RoomId room, LogEvent e)
    {
        if (!logs.TryGetValue(room, out var opening)) return;

        if (opening.Value.IsCompletedSuccessfully) opening.Value.Result.Offer(e);
        else _ = OfferOnceOpenAsync(opening.Value, e);
    }

    /// <summary>The open logs.</summary>
    public IReadOnlyDictionary<RoomId, RoomLog> Open() =>
        logs.Where(x => x.Value.Value.IsCompletedSuccessfully).ToDictionary(x => x.Key, x => x.Value.Value.Result);

    // A log that fails to open has no readers, and the next one to open it reads this event from the database.
    static async Task OfferOnceOpenAsync(Task<RoomLog> opening, LogEvent e)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully) opening.Result.Offer(e);
    }
}
