using System.Runtime.InteropServices;

namespace HtmxChat.Web.Shared;

/// <summary>Holds each of many to the same pace, in memory that is bounded. Safe for any number of threads.</summary>
public sealed class Paces<TKey>(Pace pace, TimeProvider time) where TKey : struct
{
    /// <summary>So many are remembered at once; about 2 MB.</summary>
    public const int MaxKept = 50_000;

    readonly Lock gate = new();
    readonly long began = time.GetTimestamp();
    readonly Dictionary<TKey, TimeSpan> restsAt = [];

    /// <summary>How many are remembered now.</summary>
    internal int Kept
    {
        get
        {
            lock (gate) return restsAt.Count;
        }
    }

    /// <returns>Null when it may be done now, which is then counted; else how long to wait.</returns>
    public TimeSpan? Refuse(TKey who)
    {
        var now = time.GetElapsedTime(began);
        lock (gate)
        {
            if (restsAt.Count >= MaxKept) MakeRoom(now);
            ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(restsAt, who, out _);
            var wait = pace.Take(ref at, now);
            return wait > TimeSpan.Zero ? wait : null;
        }
    }

    // Who rests is as one who never came. Where that makes too little room somebody comes from tens of thousands of
    // networks at once, against whom counting is of no use: then all are forgiven, rather than looked through each time.
    void MakeRoom(TimeSpan now)
    {
        foreach (var (who, at) in restsAt)
        {
            if (at <= now) restsAt.Remove(who);
        }
        if (restsAt.Count > MaxKept / 2) restsAt.Clear();
    }
}
