namespace HtmxChat.Web.Live;

/// <summary>One open live connection: who it belongs to, why it may have to end, and whether anybody is still there.</summary>
public sealed class LiveConnection : IDisposable
{
    readonly LiveConnections connections;
    readonly CancellationTokenSource signedOut = new();
    readonly Action abort;
    long writingSince;
    long? heardAt;

    internal LiveConnection(LiveConnections connections, string session, Action abort, CancellationToken stopping, CancellationToken gone)
    {
        (this.connections, Session, Stopping, Gone, this.abort) = (connections, session, stopping, gone, abort);
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
        Volatile.Write(ref writingSince, Environment.TickCount64);
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
    public void Heard() => heardAt = Environment.TickCount64;

    /// <summary>Breaks the connection when a write has been stuck or its page silent for longer than the limits.</summary>
    public void Sweep(TimeSpan maxWrite, TimeSpan maxSilence)
    {
        var now = Environment.TickCount64;
        var writing = Volatile.Read(ref writingSince);
        if ((writing != 0 && now - writing > maxWrite.TotalMilliseconds) || now - heardAt > maxSilence.TotalMilliseconds) abort();
    }

    /// <summary>Ends it because its session has ended.</summary>
    public void SignOut() => signedOut.Cancel();

    /// <summary>Takes it out of the list of open connections.</summary>
    public void Dispose()
    {
        connections.Remove(this);
        Ended.Dispose();
    }
}
