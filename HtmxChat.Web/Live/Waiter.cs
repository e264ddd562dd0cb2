using System.Threading.Tasks.Sources;

namespace HtmxChat.Web.Live;

/// <summary>Why a reader that waited goes on.</summary>
public enum Woken
{
    /// <summary>Its log has something new.</summary>
    ByEvent,

    /// <summary>A heartbeat is due.</summary>
    ByHeartbeat,

    /// <summary>It has to end.</summary>
    ByEnd,
}

/// <summary>Where one reader waits for its log, again and again: waiting makes nothing new, and a thousand who wait are a list.</summary>
public sealed class Waiter : IValueTaskSource<Woken>, IDisposable
{
    readonly CancellationTokenRegistration ending;
    ManualResetValueTaskSourceCore<Woken> wake;
    int isArmed;
    int isReminded;

    /// <param name="ended">Ends every wait with an <see cref="OperationCanceledException"/>.</param>
    public Waiter(CancellationToken ended)
    {
        Ended = ended;
        ending = ended.UnsafeRegister(static waiter => ((Waiter)waiter!).Wake(Woken.ByEnd), this);
    }

    internal CancellationToken Ended { get; }

    /// <summary>From now on it can be woken, once; <see cref="WokenAsync"/> has to be awaited before the next time.</summary>
    internal void Arm()
    {
        wake.Reset();
        Volatile.Write(ref isArmed, 1);
        if (Ended.IsCancellationRequested) Wake(Woken.ByEnd);
        else if (Volatile.Read(ref isReminded) == 1) Wake(Woken.ByHeartbeat);
    }

    /// <summary>The list that it stands in; a number that only the log knows.</summary>
    internal long List { get; set; } = -1;

    /// <summary>Lets the reader go on as a heartbeat does: now, or as soon as it waits the next time.</summary>
    internal void Remind()
    {
        Volatile.Write(ref isReminded, 1);
        Wake(Woken.ByHeartbeat);
    }

    /// <summary>Waits until it is woken, or was since it was armed.</summary>
    internal ValueTask<Woken> WokenAsync() => new(this, wake.Version);

    /// <summary>Lets the reader go on, here and now. Does nothing when it was woken before.</summary>
    internal void Wake(Woken why)
    {
        if (Interlocked.Exchange(ref isArmed, 0) == 1) wake.SetResult(why);
    }

    public void Dispose() => ending.Dispose();

    Woken IValueTaskSource<Woken>.GetResult(short token)
    {
        var why = wake.GetResult(token);
        Volatile.Write(ref isReminded, 0);
        Ended.ThrowIfCancellationRequested();
        return why;
    }

    ValueTaskSourceStatus IValueTaskSource<Woken>.GetStatus(short token) => wake.GetStatus(token);

    void IValueTaskSource<Woken>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        wake.OnCompleted(continuation, state, token, flags);
}
