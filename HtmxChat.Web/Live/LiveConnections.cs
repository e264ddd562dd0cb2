using System.Collections.Concurrent;

namespace HtmxChat.Web.Live;

/// <summary>All open live connections, so that ending a session ends its connections at once, and dead ones are let go.</summary>
public sealed class LiveConnections(IHostApplicationLifetime lifetime)
{
    // The pages' own limit is 12 s; a server that waits longer than they do never cuts off one that is still there.
    static readonly TimeSpan MaxWrite = TimeSpan.FromSeconds(30);
    static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(35);

    readonly ConcurrentDictionary<LiveConnection, bool> open = new();

    /// <summary>Counts a request in as a live connection, until the result is disposed.</summary>
    public LiveConnection Open(HttpContext http, string session)
    {
        var connection = new LiveConnection(this, session, http.Abort, lifetime.ApplicationStopping, http.RequestAborted);
        open[connection] = true;
        return connection;
    }

    /// <summary>Ends the live connections of a session. The caller has already made sure that it cannot come back.</summary>
    public void End(string session)
    {
        foreach (var (connection, _) in open)
        {
            if (connection.Session == session) connection.SignOut();
        }
    }

    /// <summary>Lets go of connections whose reader does not read any more, or is not there any more.</summary>
    public void Sweep()
    {
        foreach (var (connection, _) in open) connection.Sweep(MaxWrite, MaxSilence);
    }

    internal void Remove(LiveConnection connection) => open.TryRemove(connection, out _);
}
