namespace HtmxChat.Web.Live;

/// <summary>One open live connection: who it belongs to, why it may have to end, and whether anybody is still there.</summary>
public sealed class LiveConnection : IDisposable
{
    readonly LiveConnections connections;
    readonly CancellationTokenSource signedOut = new();
    readonly Action abort;
    readonly TimeProvider time;
    long writingSince;
    long heardAt;

    internal LiveConnection(LiveConnections connections, string session, Action abort, TimeProvider time, CancellationToken stopping, CancellationToken gone)
    {
        (this.connections, Session, this.abort, this.time, Stopping, Gone) = (connections, session, abort, time, stopping, gone);
        Ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone, signedOut.Token);
    }

    /// <summary>The session that it belongs to.</summary>
    public string Session { get; }

    /// <summary>The server is stopping: the page should come back soon.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>The connection is broken: nobody is there.</summary>
    public CancellationToken Gone { get; }

    /// <summary>The session has ended: the page may not come back.</summary>
    public CancellationToken SignedOut => signedOut.Token;

    /// <summary>Any of the three, or that the carrier itself has come to its end.</summary>
    public CancellationTokenSource Ended { get; }

    /// <summary>Writes, and is aborted by <see cref="Sweep"/> when that takes too long. One write at a time.</summary>
    public ValueTask WriteAsync(Stream to, ReadOnlyMemory<byte> bytes)
    {
        // A timer for each write would cost more than most writes do.
        Volatile.Write(ref writingSince, time.GetTimestamp());
        var writing = to.WriteAsync(bytes);
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

    /// <summary>Notes that the other side has said something; from the first time on it is expected to.</summary>
    public void Heard() => Volatile.Write(ref heardAt, time.GetTimestamp());

    /// <summary>Breaks the connection when a write has been stuck, or its page silent, for too long.</summary>
    public void Sweep()
    {
        if (IsOver(Volatile.Read(ref writingSince), LiveConnections.MaxWrite) || IsOver(Volatile.Read(ref heardAt), LiveConnections.MaxSilence)) abort();
    }

    bool IsOver(long since, TimeSpan limit) => since != 0 && time.GetElapsedTime(since) > limit;

    /// <summary>Ends it because its session has ended.</summary>
    public void SignOut() => signedOut.Cancel();

    /// <summary>Takes it out of the list of open connections.</summary>
    public void Dispose()
    {
        connections.Remove(this);
        Ended.Dispose();
    }
}
