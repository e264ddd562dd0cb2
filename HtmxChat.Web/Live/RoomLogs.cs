using System.Collections.Concurrent;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>
/// The logs of the rooms that somebody reads on this node. One that nobody has read for a while is closed, and its room
/// is not listened to any more. Safe for any number of threads.
/// </summary>
/// <param name="epoch">Gives the life of the database, see <see cref="Position.Epoch"/>.</param>
public sealed class RoomLogs(IRoomHistory history, IRelay relay, Func<string> epoch, Caches caches, TimeProvider time, ILogger<RoomLog> logger)
{
    /// <summary>How long a log is kept that nobody reads: longer than a page takes to come back.</summary>
    public static readonly TimeSpan KeepTime = TimeSpan.FromSeconds(10);

    /// <summary>After a longer time without a beat this process has stood still, and what it remembers may be out of date.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<RoomId, Lazy<Task<OpenLog>>> logs = new();
    long beatAt = time.GetTimestamp();

    // A log, and its room's channel for as long as it is open.
    sealed record OpenLog(RoomLog Log, Listening Listening);

    /// <summary>The room's log, loaded from the database when it is not open yet. It stays open for <see cref="KeepTime"/> at least.</summary>
    /// <remarks>The caller has found that the room exists; nothing is checked here.</remarks>
    public async Task<RoomLog> OpenAsync(RoomId room, CancellationToken ct)
    {
        NoticePause();
        while (true)
        {
            // Loading is shared by everyone who asks, so one caller's cancellation must not end it.
            var opening = logs.GetOrAdd(room, id => new(() => LoadAsync(id)));
            try
            {
                var (log, _) = await opening.Value.WaitAsync(ct);
                if (log.Use.TryKeep())
                {
                    await log.AskIfInDoubtAsync(ct);
                    return log;
                }
                logs.TryRemove(KeyValuePair.Create(room, opening));
            }
            catch when (opening.Value.IsFaulted)
            {
                logs.TryRemove(KeyValuePair.Create(room, opening));
                throw;
            }
        }
    }

    /// <summary>Hands a committed event to the room's log, if anybody reads it here, and to the other nodes.</summary>
    public void Offer(RoomId room, LogEvent e)
    {
        OfferHere(room, e);
        if (relay.ReachesOthers) relay.Publish(Channel(room), EventBytes.Write(e));
    }

    /// <summary>The open logs.</summary>
    public IReadOnlyDictionary<RoomId, RoomLog> Open() =>
        logs.Where(x => x.Value.Value.IsCompletedSuccessfully).ToDictionary(x => x.Key, x => x.Value.Value.Result.Log);

    /// <summary>Has the open logs render anew what they show: somebody's name or picture was changed.</summary>
    public void Forget()
    {
        foreach (var log in Open().Values) log.Forget();
    }

    /// <summary>Beats all logs and closes those that nobody reads. To be called evenly, see <see cref="MaxPause"/>.</summary>
    public void Beat()
    {
        var hasPaused = NoticePause();
        Volatile.Write(ref beatAt, time.GetTimestamp());
        foreach (var (room, opening) in logs)
        {
            if (!opening.Value.IsCompletedSuccessfully) continue;

            var (log, listening) = opening.Value.Result;
            log.Beat();
            if (hasPaused || !log.Use.TryClose(KeepTime)) continue;

            logs.TryRemove(KeyValuePair.Create(room, opening));
            listening.Dispose();
        }
    }

    async Task<OpenLog> LoadAsync(RoomId room)
    {
        await Task.Yield();

        // Listening first and reading then: what is said between the two comes by both.
        var listening = relay.Listen(Channel(room), message => Hear(room, message));
        var isHeard = listening.Begun.IsCompleted;
        try
        {
            var log = await RoomLog.OpenAsync(room, epoch(), history, caches, time, logger, CancellationToken.None);
            if (!isHeard) _ = CatchUpAsync(room, log, listening.Begun);
            return new OpenLog(log, listening);
        }
        catch
        {
            listening.Dispose();
            throw;
        }
    }

    // What was published after the log was read and before the room was listened to.
    async Task CatchUpAsync(RoomId room, RoomLog log, Task begun)
    {
        await begun;
        try
        {
            log.HeadIs(await history.HeadAsync(room, CancellationToken.None));
        }
        catch (Exception e)
        {
            // The head watch asks again.
            logger.LogWarning(e, "Room {Room}: the newest event number could not be read", room);
        }
    }

    string Channel(RoomId room) => $"{epoch()}:room:{room}";

    void Hear(RoomId room, ReadOnlyMemory<byte> message)
    {
        if (EventBytes.Read(message) is { } e) OfferHere(room, e);
    }

    void OfferHere(RoomId room, LogEvent e)
    {
        if (!logs.TryGetValue(room, out var opening)) return;

        if (opening.Value.IsCompletedSuccessfully) opening.Value.Result.Log.Offer(e);
        else _ = OfferOnceOpenAsync(opening.Value, e);
    }

    // A log that fails to open has no readers, and the next one to open it reads this event from the database.
    static async Task OfferOnceOpenAsync(Task<OpenLog> opening, LogEvent e)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully) opening.Result.Log.Offer(e);
    }

    // A process that was stopped goes on wherever it was, so whoever comes first has to notice it: this beat, or a page.
    bool NoticePause()
    {
        var before = Volatile.Read(ref beatAt);
        if (time.GetElapsedTime(before) <= MaxPause) return false;

        foreach (var log in Open().Values) log.Doubt();
        Interlocked.CompareExchange(ref beatAt, time.GetTimestamp(), before);
        return true;
    }
}
