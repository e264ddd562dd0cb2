using System.Collections.Concurrent;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>All open live connections, so that ending a session ends its connections at once, and dead ones are let go.</summary>
public sealed class LiveConnections
{
    /// <summary>When the server stops, its pages are sent away over this time, so that they do not all come back at once.</summary>
    public static readonly TimeSpan StopSpread = TimeSpan.FromSeconds(3);

    const int StopSteps = 30;
    const int LeastInStep = 20;

    readonly ConcurrentDictionary<LiveConnection, bool> open = new();
    readonly Lock gate = new();
    readonly Dictionary<string, HashSet<LiveConnection>> bySession = [];
    long changes;
    readonly TimeProvider time;
    readonly CancellationToken stopping;

    /// <param name="stopping">The server is stopping.</param>
    public LiveConnections(TimeProvider time, CancellationToken stopping)
    {
        (this.time, this.stopping) = (time, stopping);
        stopping.Register(() => _ = EndAllAsync());
    }

    /// <summary>Counts a live connection in, until the result is disposed.</summary>
    /// <param name="abort">Breaks the connection off.</param>
    public LiveConnection Open(LiveHolder holder, Action abort)
    {
        var connection = new LiveConnection(this, holder, abort, time);
        open[connection] = true;
        lock (gate)
        {
            if (!bySession.TryGetValue(holder.Session, out var its)) bySession[holder.Session] = its = [];
            its.Add(connection);
        }
        Interlocked.Increment(ref changes);
        if (stopping.IsCancellationRequested) connection.End(LiveEnding.Stopping);
        return connection;
    }

    /// <summary>Ends the live connections of a session. The caller has already made sure that it cannot come back.</summary>
    public void End(string session)
    {
        foreach (var connection in Of(session)) connection.End(LiveEnding.SignedOut);
    }

    /// <summary>Ends a person's live connections in a room. The caller has already made sure that none can come back.</summary>
    public void End(PersonId person, RoomId room)
    {
        foreach (var (connection, _) in open)
        {
            if (connection.Holder.Person == person && connection.Holder.Room == room) connection.End(LiveEnding.Removed);
        }
    }

    /// <summary>Rises whenever a connection is opened or closed.</summary>
    public long Changes => Interlocked.Read(ref changes);

    /// <summary>All that are open now.</summary>
    public IEnumerable<LiveConnection> Open() => open.Select(x => x.Key);

    /// <summary>Those of a session that are open now.</summary>
    public IReadOnlyList<LiveConnection> Of(string session)
    {
        lock (gate) return bySession.TryGetValue(session, out var its) ? [.. its] : [];
    }

    /// <summary>Sends a person's live connections away to come back at once, as who the person is now.</summary>
    public void Renew(PersonId person)
    {
        foreach (var (connection, _) in open)
        {
            if (connection.Holder.Person == person) connection.End(LiveEnding.Renewed);
        }
    }

    /// <summary>Sends those live connections of a session away that were opened before the person was changed.</summary>
    /// <param name="version">What the person is now.</param>
    public void Renew(string session, long version)
    {
        foreach (var connection in Of(session))
        {
            if (connection.Holder.PersonVersion < version) connection.End(LiveEnding.Renewed);
        }
    }

    /// <summary>The sessions that have live connections now, each with the oldest version of its person that one of them knows.</summary>
    public IReadOnlyDictionary<string, long> Sessions() =>
        open.Select(x => x.Key.Holder).GroupBy(h => h.Session).ToDictionary(s => s.Key, s => s.Min(h => h.PersonVersion));

    /// <summary>The people who have live connections now, each once for each room.</summary>
    public IReadOnlyCollection<(RoomId Room, PersonId Person)> Readers() => open.Select(x => (x.Key.Holder.Room, x.Key.Holder.Person)).ToHashSet();

    /// <summary>Lets go of connections whose reader does not read any more, or is not there any more.</summary>
    public void Sweep()
    {
        foreach (var (connection, _) in open)
        {
            if (connection.Life.AreMissing()) connection.Abort();
        }
    }

    async Task EndAllAsync()
    {
        var all = open.Keys.ToArray();
        foreach (var step in all.Chunk(Math.Max(LeastInStep, all.Length / StopSteps)))
        {
            if (step[0] != all[0]) await Task.Delay(StopSpread / StopSteps, time);
            foreach (var connection in step) connection.End(LiveEnding.Stopping);
        }
    }

    internal void Remove(LiveConnection connection)
    {
        open.TryRemove(connection, out _);
        lock (gate)
        {
            if (bySession.TryGetValue(connection.Holder.Session, out var its) && its.Remove(connection) && its.Count == 0) bySession.Remove(connection.Holder.Session);
        }
        Interlocked.Increment(ref changes);
    }
}
