using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>A link that is to be looked at.</summary>
public sealed record PreviewWork(RoomId Room, long Seq, Uri Link);

/// <summary>
/// The links that wait to be looked at, oldest first: a bounded number, each message once, and of each host one at a time with a pause
/// between two. So a crowd that posts links to one place does not make this server fall upon it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class WaitingLinks(TimeProvider time)
{
    /// <summary>As many wait. When more come the oldest are dropped.</summary>
    public const int Most = 200;

    /// <summary>The pause between two requests to one host.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly LinkedList<PreviewWork> waiting = new();

    // When each host may be asked again; while it is being asked, never.
    readonly Dictionary<string, DateTimeOffset> hosts = [];
    TaskCompletionSource changed = NewSignal();

    /// <summary>Adds a link, in place of an older one of the same message.</summary>
    /// <returns>What was dropped for it; null when there was room.</returns>
    public PreviewWork? Add(PreviewWork work)
    {
        PreviewWork? dropped = null;
        lock (gate)
        {
            if (waiting.FirstOrDefault(w => (w.Room, w.Seq) == (work.Room, work.Seq)) is { } older) waiting.Remove(older);
            waiting.AddLast(work);
            if (waiting.Count > Most)
            {
                dropped = waiting.First!.Value;
                waiting.RemoveFirst();
            }
            Signal();
        }
        return dropped;
    }

    /// <summary>Takes the oldest whose host may be asked, or waits for one. Whoever has taken it says <see cref="Done"/>.</summary>
    public async Task<PreviewWork> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            Task signal;
            TimeSpan wait;
            lock (gate)
            {
                if (TryTake(out wait) is { } work) return work;
                signal = changed.Task;
            }
            if (wait == Timeout.InfiniteTimeSpan) await signal.WaitAsync(ct);
            else await signal.WaitAsync(wait, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Says that a host was asked.</summary>
    public void Done(PreviewWork work)
    {
        lock (gate)
        {
            hosts[work.Link.Host] = time.GetUtcNow() + Pause;
            Signal();
        }
    }

    PreviewWork? TryTake(out TimeSpan wait)
    {
        var now = time.GetUtcNow();
        foreach (var (host, _) in hosts.Where(h => h.Value <= now).ToList()) hosts.Remove(host);

        if (waiting.FirstOrDefault(w => !hosts.ContainsKey(w.Link.Host)) is { } next)
        {
            waiting.Remove(next);
            hosts[next.Link.Host] = DateTimeOffset.MaxValue;
            wait = default;
            return next;
        }

        var soonest = waiting.Select(w => hosts[w.Link.Host]).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        wait = soonest == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : soonest - now;
        return null;
    }

    void Signal()
    {
        changed.TrySetResult();
        changed = NewSignal();
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
