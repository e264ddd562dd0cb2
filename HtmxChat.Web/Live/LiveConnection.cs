namespace HtmxChat.Web.Live;

/// <summary>Why a live connection comes to its end.</summary>
public enum LiveEnding
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>Nobody is there any more, or the page has closed it.</summary>
    Gone,

    /// <summary>The session has ended: the page may not come back.</summary>
    SignedOut,

    /// <summary>The person may not read the room any more: the page may not come back.</summary>
    Removed,

    /// <summary>What is known of the person has changed: the page should come back at once.</summary>
    Renewed,

    /// <summary>The server is stopping: the page should come back soon.</summary>
    Stopping,

    /// <summary>Something of ours went wrong: the page should try again.</summary>
    Failed,
}

#pragma warning disable CA1001 // A token source without a timer or wait handle holds nothing to dispose of, and may be cancelled late.
/// <summary>One open live connection: who it belongs to, why it has to end, and whether anybody is still there.</summary>
public sealed class LiveConnection : IDisposable
{
    /// <summary>For <see cref="IsWatchedFor"/>, where a page that is not there any more is noticed.</summary>
    public static readonly TimeSpan AsLongAsItIsOpen = TimeSpan.FromDays(1_000);

    readonly LiveConnections connections;
    readonly CancellationTokenSource ended = new();
    readonly Action abort;
    readonly TimeProvider time;
    CancellationTokenRegistration gone;
    long writingSince;
    long writtenSeq;
    long watchedUntil;
    long heardAt;
    int isToBeAsked;
    int why;

    internal LiveConnection(LiveConnections connections, LiveHolder holder, Action abort, TimeProvider time) =>
        (this.connections, Holder, this.abort, this.time) = (connections, holder, abort, time);

    /// <summary>Whose it is.</summary>
    public LiveHolder Holder { get; }

    /// <summary>Why it ends; the first reason stays.</summary>
    public LiveEnding Why => (LiveEnding)Volatile.Read(ref why);

    /// <summary>Cancelled when it has to end.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>What its page is told beside the log.</summary>
    public Aside Aside { get; } = new();

    /// <summary>What its page showed beside the log when it came, in words of whoever speaks there; null when that is not known.</summary>
    public string? Shows { get; set; }

    /// <summary>The newest event that was written to it.</summary>
    public long WrittenSeq { get => Volatile.Read(ref writtenSeq); internal set => Volatile.Write(ref writtenSeq, value); }

    /// <summary>Whether somebody is looking at its page, as far as the page has said.</summary>
    public bool IsWatched => Volatile.Read(ref watchedUntil) is var until && until != 0 && time.GetTimestamp() < until;

    /// <summary>Notes that somebody is looking at its page, until it says otherwise or for this time; zero when nobody is.</summary>
    public void IsWatchedFor(TimeSpan lasting) =>
        Volatile.Write(ref watchedUntil, lasting == TimeSpan.Zero ? 0 : time.GetTimestamp() + (long)(lasting.TotalSeconds * time.TimestampFrequency));

    /// <summary>Ends it. What was said first is the reason.</summary>
    public void End(LiveEnding reason)
    {
        if (Interlocked.CompareExchange(ref why, (int)reason, (int)LiveEnding.None) == (int)LiveEnding.None) ended.Cancel();
    }

    /// <summary>Ends it when the request that carries it is aborted.</summary>
    public void EndWith(CancellationToken requestAborted) => gone = requestAborted.UnsafeRegister(static c => ((LiveConnection)c!).End(LiveEnding.Gone), this);

    /// <summary>Writes, and is aborted by <see cref="Sweep"/> when that takes too long. One write at a time.</summary>
    public ValueTask WriteAsync(Func<ReadOnlyMemory<byte>, ValueTask> write, ReadOnlyMemory<byte> bytes)
    {
        // A timer for each write would cost more than most writes do.
        Volatile.Write(ref writingSince, time.GetTimestamp());
        var writing = write(bytes);
        if (!writing.IsCompletedSuccessfully) return AwaitAsync(writing);

        writing.GetAwaiter().GetResult();
        Volatile.Write(ref writingSince, 0);
        return ValueTask.CompletedTask;

        async ValueTask AwaitAsync(ValueTask slow)
        {
            await slow;
            Volatile.Write(ref writingSince, 0);
        }
    }

    /// <summary>Breaks it off, with whatever is under way.</summary>
    public void Abort() => abort();

    /// <summary>Notes that the other side has said something; from the first time on it is expected to.</summary>
    public void Heard() => Volatile.Write(ref heardAt, time.GetTimestamp());

    /// <summary>Whether the other side has been silent for so long that it has to be asked for a sign of life, now and once.</summary>
    public bool TakeQuestion() => Volatile.Read(ref isToBeAsked) == 1 && Interlocked.Exchange(ref isToBeAsked, 0) == 1;

    /// <summary>Breaks the connection when a write has been stuck, or its page silent, for too long; has a silent page asked before.</summary>
    public void Sweep()
    {
        var heard = Volatile.Read(ref heardAt);
        if (IsOver(Volatile.Read(ref writingSince), LiveConnections.MaxWrite) || IsOver(heard, LiveConnections.MaxSilence)) Abort();
        else if (IsOver(heard, LiveConnections.AskAfter)) Volatile.Write(ref isToBeAsked, 1);
    }

    bool IsOver(long since, TimeSpan limit) => since != 0 && time.GetElapsedTime(since) > limit;

    /// <summary>Takes it out of the list of open connections.</summary>
    public void Dispose()
    {
        gone.Dispose();
        connections.Remove(this);
    }
}
