namespace HtmxChat.Web.Live;

/// <summary>
/// The newest events of a room in an unbroken run, those that came early, and the batches cut from the run for readers.
/// Not safe for several threads: <see cref="RoomLog"/> asks it under its lock.
/// </summary>
sealed class RecentEvents(string epoch, long head)
{
    const int MaxBatchBytes = 256 * 1024;
    const int MaxEarly = 4 * RoomLog.Capacity;
    const int MaxSharedBatches = 16;

    readonly LogEvent?[] ring = new LogEvent?[RoomLog.Capacity];
    readonly Dictionary<long, LogEvent> early = [];
    readonly Dictionary<long, Batch> batches = [];
    long first = head + 1;

    /// <summary>The number of the newest event of the run.</summary>
    public long Head { get; private set; } = head;

    /// <summary>Whether everything after a number is here.</summary>
    public bool GoesBackTo(long seq) => seq >= first - 1;

    /// <summary>Takes an event; one that is early waits for those before it.</summary>
    /// <returns>Whether the run has grown.</returns>
    public bool Take(LogEvent e)
    {
        if (e.Seq <= Head) return false;
        if (e.Seq > Head + 1)
        {
            if (early.Count < MaxEarly) early[e.Seq] = e;
            return false;
        }

        Append(e);
        while (early.Remove(Head + 1, out var next)) Append(next);
        batches.Clear();
        return true;
    }

    /// <summary>Lets go of what it holds; the run goes on after its newest event.</summary>
    public void Forget()
    {
        Array.Clear(ring);
        early.Clear();
        batches.Clear();
        first = Head + 1;
    }

    /// <summary>What follows a number that is in the run, shared by all who stand at the same number.</summary>
    public Batch After(long seq)
    {
        if (batches.TryGetValue(seq, out var batch)) return batch;

        var events = new List<LogEvent>();
        var bytes = 0;
        for (var next = seq + 1; next <= Head && bytes < MaxBatchBytes; next++)
        {
            events.Add(ring[next % ring.Length]!);
            bytes += events[^1].Html.Length;
        }
        batch = new Batch { Position = new Position(epoch, events[^1].Seq), Events = events };
        if (batches.Count < MaxSharedBatches) batches[seq] = batch;
        return batch;
    }

    void Append(LogEvent e)
    {
        if (e.Kind is LogEventKind.Replace or LogEventKind.Remove) Outdate(e);
        Head = e.Seq;
        ring[Head % ring.Length] = e;
        first = Math.Max(first, Head - ring.Length + 1);
    }

    // As in the database, each event shows its element as it is now: what was deleted is not told to those who come late.
    void Outdate(LogEvent newer)
    {
        for (var seq = first; seq <= Head; seq++)
        {
            ref var older = ref ring[seq % ring.Length];
            if (older!.ElementId == newer.ElementId) older = older with { Kind = newer.Kind == LogEventKind.Remove ? LogEventKind.Remove : older.Kind, Html = newer.Html, Thread = newer.Thread, IsInRoom = newer.IsInRoom };
        }
    }
}
