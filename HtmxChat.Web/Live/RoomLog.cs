using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>
/// The newest events of one room, rendered, in order and without gaps. Everyone who reads the room asks the same
/// question, "what is after N?"; a reader owns nothing but that number. Safe for any number of threads.
/// </summary>
/// <remarks>
/// Events are offered as hints: late, twice, out of order or never. A gap is filled from the stored history, once for
/// all readers. Live delivery, catching up after a drop, a hidden tab and a slow reader are the same code.
/// </remarks>
public sealed class RoomLog
{
    /// <summary>How many of the newest events memory keeps.</summary>
    public const int Capacity = 512;

    /// <summary>A reader that lacks more events than this is given the whole list instead.</summary>
    public const int MaxLag = 500;

    /// <summary>So long a list is shown to all who ask. The names in it may have been changed on another node, which is no event of the room.</summary>
    public static readonly TimeSpan ListKeepTime = TimeSpan.FromSeconds(2);

    const int MaxWokenAtOnce = 16;
    const int MaxQuietBeats = 2;

    // Commits finish in order but are rendered in parallel, so an offer may be a moment early. Waiting that moment
    // spares most of the queries.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    readonly RoomId room;
    readonly string epoch;
    readonly IRoomHistory history;
    readonly Caches caches;
    readonly TimeProvider time;
    readonly ILogger logger;

    readonly Lock gate = new();
    readonly RecentEvents recent;
    List<Waiter> readers = [];
    List<Waiter>? spare;
    long list;
    Task<Batch>? snapshot;
    long snapshotAt;
    Task? filling;
    Batch? heartbeat;
    long newestKnown;
    long headAtBeat;
    int quietBeats;
    bool isInDoubt;

    RoomLog(RoomId room, string epoch, long head, IRoomHistory history, Caches caches, TimeProvider time, ILogger logger)
    {
        (this.room, this.epoch, this.history, this.caches, this.time, this.logger) = (room, epoch, history, caches, time, logger);
        (recent, newestKnown, Use) = (new RecentEvents(epoch, head), head, new LogUse(time));
    }

    /// <summary>Opens a room's log with as many stored events as memory keeps.</summary>
    /// <param name="epoch">The life of the database, see <see cref="Position.Epoch"/>.</param>
    public static async Task<RoomLog> OpenAsync(RoomId room, string epoch, IRoomHistory history, Caches caches, TimeProvider time, ILogger logger, CancellationToken ct)
    {
        var head = await history.HeadAsync(room, ct);
        var log = new RoomLog(room, epoch, Math.Max(0, head - Capacity / 2), history, caches, time, logger);
        log.newestKnown = log.headAtBeat = head;
        await log.FillAsync(ct);
        return log;
    }

    /// <summary>The number of the newest event in memory.</summary>
    public long Head { get { lock (gate) return recent.Head; } }

    /// <summary>Who reads it.</summary>
    internal LogUse Use { get; }

    /// <summary>Says that an event was committed. May come late, twice, out of order or never.</summary>
    public void Offer(LogEvent e) => Offer([e]);

    void Offer(IReadOnlyList<LogEvent> events)
    {
        List<Waiter>? woken = null;
        lock (gate)
        {
            Announce(events[^1].Seq);
            var hasGrown = false;
            foreach (var e in events) hasGrown |= recent.Take(e);
            if (hasGrown)
            {
                snapshot = null;
                woken = TakeReaders();
            }
            else if (events[^1].Seq > recent.Head) FillSoon();
        }
        Wake(woken, Woken.ByEvent);
    }

    /// <summary>Says that the database has this number, whether or not the event itself was ever offered.</summary>
    public void HeadIs(long seq)
    {
        lock (gate)
        {
            isInDoubt = false;
            Announce(seq);
            if (newestKnown > recent.Head) FillSoon();
        }
    }

    /// <summary>
    /// Gives every waiting reader a heartbeat at every second beat of a quiet room. Where something has been said since
    /// the beat before, the readers have heard enough; and in doubt there is no number to tell them.
    /// </summary>
    public void Beat()
    {
        List<Waiter>? woken = null;
        lock (gate)
        {
            if (isInDoubt) return;
            quietBeats = recent.Head == headAtBeat ? quietBeats + 1 : 0;
            headAtBeat = recent.Head;
            if (quietBeats == MaxQuietBeats) (quietBeats, woken) = (0, TakeReaders());
        }
        Wake(woken, Woken.ByHeartbeat);
    }

    /// <summary>Has what was rendered read anew from the database: somebody's name or picture in it was changed.</summary>
    public void Forget()
    {
        lock (gate)
        {
            snapshot = null;
            recent.Forget();
        }
    }

    /// <summary>A heartbeat with the newest number, for a connection that has just been opened.</summary>
    public Batch Heartbeat()
    {
        lock (gate) return NewestHeartbeat();
    }

    /// <summary>Says that the process has stood still: until the database has been asked, nobody is told that there is nothing new.</summary>
    public void Doubt()
    {
        lock (gate) isInDoubt = true;
    }

    /// <summary>Asks the database for the newest number where that is in doubt.</summary>
    public async Task AskIfInDoubtAsync(CancellationToken ct)
    {
        lock (gate)
        {
            if (!isInDoubt) return;
        }
        HeadIs(await history.HeadAsync(room, ct));
    }

    /// <summary>Counts a reader in, until the result is disposed: a log with readers stays open.</summary>
    /// <exception cref="IOException">It has been closed meanwhile. Whoever comes back is given the room's next log.</exception>
    public IDisposable Enter() => Use.Enter();

    /// <summary>The list as a page shows it now, and where it stands. Loaded once after each event, and after each <see cref="ListKeepTime"/>, however many ask.</summary>
    public Task<Batch> SnapshotAsync(CancellationToken ct) => SnapshotAsync(from: 0, ct);

    /// <summary>The same for somebody who may not see all.</summary>
    /// <param name="from">The first message that may be in it; above 0, for those few, it is loaded each time.</param>
    public Task<Batch> SnapshotAsync(long from, CancellationToken ct)
    {
        if (from > 0) return LoadAsync();
        lock (gate)
        {
            if (snapshot is null || snapshot.IsFaulted || Use.IsClosed || !caches.AreOn || time.GetElapsedTime(snapshotAt) > ListKeepTime)
                (snapshot, snapshotAt) = (LoadAsync(), time.GetTimestamp());
            return snapshot.WaitAsync(ct);
        }

        async Task<Batch> LoadAsync()
        {
            await Task.Yield();
            var list = await history.SnapshotAsync(room, from, CancellationToken.None);
            return new Batch { Position = new Position(epoch, list.Head), Snapshot = list };
        }
    }

    /// <summary>What comes after a position; waits while nothing does, and returns a heartbeat when one is due. A reader that has to end is told nothing.</summary>
    /// <param name="after">Null, another epoch's or an impossible number asks for the whole list.</param>
    /// <param name="waiter">The reader's own; it asks one thing at a time.</param>
    /// <param name="from">The first message that the reader may see; 0 when it may see all.</param>
    public async ValueTask<Batch> ReadAsync(Position? after, Waiter waiter, long from = 0)
    {
        waiter.Ended.ThrowIfCancellationRequested();
        if (after is null || after.Epoch != epoch) return await SnapshotAsync(from, waiter.Ended);

        var (woken, isStored) = (Woken.ByEvent, false);
        while (true)
        {
            long behind;
            bool mustWait;
            lock (gate)
            {
                behind = recent.Head - after.Seq;
                if (behind is > 0 and <= MaxLag && recent.GoesBackTo(after.Seq)) return recent.After(after.Seq).Since(from);
                if (behind == 0 && woken == Woken.ByHeartbeat && !isInDoubt) return NewestHeartbeat();
                mustWait = behind == 0 || (behind < 0 && isStored);
                if (mustWait) Add(waiter);
            }

            if (mustWait) woken = await waiter.WokenAsync();
            else if (behind > MaxLag) return await SnapshotAsync(from, waiter.Ended);
            else if (behind > 0) return await StoredBatchAsync(after.Seq, from, waiter.Ended);
            else
            {
                // Ahead of this log: another node may have committed what has not been offered here yet.
                var stored = await history.HeadAsync(room, waiter.Ended);
                if (stored < after.Seq) return await SnapshotAsync(from, waiter.Ended);

                HeadIs(stored);
                isStored = true;
            }
        }
    }

    async Task<Batch> StoredBatchAsync(long seq, long from, CancellationToken ct)
    {
        var events = await history.EventsAsync(room, seq, MaxLag, ct);
        if (events.Count == 0) return await SnapshotAsync(from, ct);
        return new Batch { Position = new Position(epoch, events[^1].Seq), Events = events }.Since(from);
    }

    // Whoever has just posted must find the message on the next page, even while one before it is still on its way here.
    void Announce(long seq)
    {
        if (seq <= newestKnown) return;
        newestKnown = seq;
        (snapshot, heartbeat) = (null, null);
    }

    // What is known to be there, also where it is not here yet: a page that lacks it must not take itself for up to date.
    Batch NewestHeartbeat() => heartbeat ??= new Batch { Position = new Position(epoch, newestKnown) };

    // One that was woken by something else than this log stands in the list still.
    void Add(Waiter waiter)
    {
        if (waiter.List != list) readers.Add(waiter);
        waiter.List = list;
        waiter.Arm();
    }

    List<Waiter>? TakeReaders()
    {
        if (readers.Count == 0) return null;

        var woken = readers;
        (readers, spare) = (spare ?? [], null);
        list++;
        return woken;
    }

    // A few readers go on here and now, which is cheaper than to wake a thread for them. Many go on one after the other
    // in a turn of their own: they would hold up whoever has just published, and would each get less in one write.
    void Wake(List<Waiter>? woken, Woken why)
    {
        if (woken is null) return;
        if (woken.Count <= MaxWokenAtOnce) Release(woken, why);
        else _ = ReleaseSoonAsync(woken, why);
    }

    async Task ReleaseSoonAsync(List<Waiter> woken, Woken why)
    {
        await Task.Yield();
        Release(woken, why);
    }

    void Release(List<Waiter> woken, Woken why)
    {
        foreach (var waiter in woken) waiter.Wake(why);
        woken.Clear();
        lock (gate) spare = woken;
    }

    void FillSoon()
    {
        filling ??= FillAfterPatienceAsync();
    }

    async Task FillAfterPatienceAsync()
    {
        try
        {
            await Task.Delay(Patience, time);
            await FillAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            // The next offer or the head watch tries again; the readers wait meanwhile and their pages say so.
            logger.LogWarning(e, "Room {Room}: the gap after event {Head} could not be filled", room, Head);
            lock (gate) filling = null;
        }
    }

    async Task FillAsync(CancellationToken ct)
    {
        while (true)
        {
            long after;
            lock (gate)
            {
                if (recent.Head >= newestKnown)
                {
                    filling = null;
                    return;
                }
                after = recent.Head;
            }

            var events = await history.EventsAsync(room, after, Capacity / 2, ct);
            if (events.Count == 0) throw new InvalidDataException($"Event {newestKnown} was announced, but nothing is stored after {after}.");
            Offer(events);
        }
    }
}
