using System.Collections.Concurrent;

namespace HtmxChat.Web.Live;

/// <summary>Which live connections belong to which signed-in session, so that ending a session ends them at once.</summary>
public sealed class LiveSessions
{
    readonly ConcurrentDictionary<object, (string Session, CancellationTokenSource Ended)> connections = new();

    /// <summary>Counts a connection in until the result is disposed.</summary>
    /// <param name="ended">Is cancelled when the session ends.</param>
    public IDisposable Join(string session, out CancellationToken ended)
    {
        var source = new CancellationTokenSource();
        var seat = new Seat(this);
        connections[seat] = (session, source);
        ended = source.Token;
        return seat;
    }

    /// <summary>Ends the live connections of a session. The caller has already made sure that it cannot come back.</summary>
    public void End(string session)
    {
        foreach (var (_, connection) in connections)
        {
            if (connection.Session == session) connection.Ended.Cancel();
        }
    }

    sealed class Seat(LiveSessions sessions) : IDisposable
    {
        public void Dispose() => sessions.connections.TryRemove(this, out _);
    }
}
