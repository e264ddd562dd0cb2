namespace HtmxChat.Web.Live;

#pragma warning disable CA1001 // A token source without a timer or wait handle holds nothing to dispose of, and may be cancelled late.
/// <summary>One open live connection: who it belongs to, why it has to end, and what is known of its other end.</summary>
public sealed class LiveConnection : IDisposable
{
    readonly LiveConnections connections;
    readonly CancellationTokenSource ended = new();
    readonly Action abort;
    CancellationTokenRegistration gone;
    int why;

    internal LiveConnection(LiveConnections connections, LiveHolder holder, Action abort, TimeProvider time) =>
        (this.connections, Holder, this.abort, View, Life) = (connections, holder, abort, new PageView(time), new SignsOfLife(time));

    /// <summary>Whose it is.</summary>
    public LiveHolder Holder { get; }

    /// <summary>What is known of its page.</summary>
    public PageView View { get; }

    /// <summary>Whether anybody is still there.</summary>
    public SignsOfLife Life { get; }

    /// <summary>What its page is told beside the log.</summary>
    public Aside Aside { get; } = new();

    /// <summary>Why it ends; the first reason stays.</summary>
    public LiveEnding Why => (LiveEnding)Volatile.Read(ref why);

    /// <summary>Cancelled when it has to end.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>Ends it. What was said first is the reason.</summary>
    public void End(LiveEnding reason)
    {
        if (Interlocked.CompareExchange(ref why, (int)reason, (int)LiveEnding.None) == (int)LiveEnding.None) ended.Cancel();
    }

    /// <summary>Ends it when the request that carries it is aborted.</summary>
    public void EndWith(CancellationToken requestAborted) => gone = requestAborted.UnsafeRegister(static c => ((LiveConnection)c!).End(LiveEnding.Gone), this);

    /// <summary>Breaks it off, with whatever is under way.</summary>
    public void Abort() => abort();

    /// <summary>Takes it out of the list of open connections.</summary>
    public void Dispose()
    {
        gone.Dispose();
        connections.Remove(this);
    }
}
