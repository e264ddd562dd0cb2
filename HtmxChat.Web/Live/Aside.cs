namespace HtmxChat.Web.Live;

/// <summary>
/// What one connection is told beside its log, such as how much is unread in other rooms. Of each element the last word
/// wins, so a slow page is told once what it is like now. Safe for any number of threads.
/// </summary>
public sealed class Aside
{
    readonly Lock gate = new();
    Dictionary<string, ReadOnlyMemory<byte>>? pending;
    Waiter? reader;

    /// <summary>Puts an element in the place of the one that has its id; does nothing on a page that has none, or no script.</summary>
    /// <param name="html">UTF-8 without any CR or LF.</param>
    public void Say(string elementId, ReadOnlyMemory<byte> html)
    {
        Waiter? waiting;
        lock (gate)
        {
            (pending ??= [])[elementId] = html;
            waiting = reader;
        }
        waiting?.Remind();
    }

    /// <summary>From now on this reader goes on whenever there is something to be said.</summary>
    internal void Wakes(Waiter waiter)
    {
        lock (gate)
        {
            reader = waiter;
            if (pending is null) return;
        }
        waiter.Remind();
    }

    /// <summary>What has not been said yet, framed for a carrier; empty when there is nothing.</summary>
    internal ReadOnlyMemory<byte> Take(Carrier carrier)
    {
        Dictionary<string, ReadOnlyMemory<byte>>? taken;
        lock (gate) (taken, pending) = (pending, null);
        return taken is null ? default : Wire.Frame(taken.Select(e => new OutsideElement(e.Key, e.Value)), carrier);
    }
}
