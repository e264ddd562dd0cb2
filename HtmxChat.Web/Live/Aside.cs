namespace HtmxChat.Web.Live;

/// <summary>
/// What one connection is told beside its log, such as how much is unread in other rooms. Of each element the last word
/// wins, so a slow page is told once what it is like now. Safe for any number of threads.
/// </summary>
public sealed class Aside
{
    readonly Lock gate = new();
    Dictionary<string, OutsideElement>? pending;
    Waiter? reader;

    /// <summary>Puts elements in their places, together; does nothing on a page that has no such place, or no script.</summary>
    public void Say(params IEnumerable<OutsideElement> elements)
    {
        Waiter? waiting;
        lock (gate)
        {
            foreach (var element in elements) (pending ??= [])[element.Id] = element;
            if (pending is null) return;
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
        Dictionary<string, OutsideElement>? taken;
        lock (gate) (taken, pending) = (pending, null);
        return taken is null ? default : Wire.Frame(taken.Values, carrier);
    }
}
