using System.Collections.Concurrent;

namespace HtmxChat.Tests.Faults;

/// <summary>What was sent in a run, and what the server said of it. Safe for any number of threads.</summary>
sealed class Ledger
{
    readonly ConcurrentDictionary<string, string> sent = new();
    readonly ConcurrentDictionary<string, long> acknowledged = new();
    readonly ConcurrentQueue<string> problems = new();
    TaskCompletionSource next = New();

    /// <summary>The texts by their keys.</summary>
    public IReadOnlyDictionary<string, string> Sent => sent;

    /// <summary>The numbers by their keys.</summary>
    public IReadOnlyDictionary<string, long> Acknowledged => acknowledged;

    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>The numbers by their keys as they are now, while more are coming.</summary>
    public IReadOnlyDictionary<string, long> AcknowledgedByNow() => acknowledged.ToArray().ToDictionary();

    public void Sends(string key, string text) => sent[key] = text;

    public void IsAcknowledged(string key, long seq)
    {
        var first = acknowledged.GetOrAdd(key, seq);
        if (first != seq) problems.Enqueue($"Key {key} was acknowledged with {first}, and with {seq} when it was sent again.");
        Interlocked.Exchange(ref next, New()).SetResult();
    }

    /// <summary>Waits until something more is acknowledged: what is under load does so all the time.</summary>
    public Task NextAcknowledgementAsync(CancellationToken ct) => Volatile.Read(ref next).Task.WaitAsync(ct);

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
