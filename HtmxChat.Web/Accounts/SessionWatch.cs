using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Ends the live connections here of sessions that were ended on another node: at once when the relay says so, and else
/// when the database is asked next, within <see cref="Interval"/>. So it renews those whose person was changed.
/// </summary>
public sealed class SessionWatch(LiveConnections live, SessionTickets tickets, PeopleChanges changes, SiteDirectory sites, IRelay relay, TimeProvider time, ILogger<SessionWatch> logger) : RegularWork(Interval, time, logger)
{
    /// <summary>The time between two questions. A connection has to be closed within 2 s, and a busy node needs some of them.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    const int MaxAskedAtOnce = 500;

    Listening? ended;
    Listening? changed;

    public override void Dispose()
    {
        ended?.Dispose();
        changed?.Dispose();
        base.Dispose();
    }

    protected override string Failure => "The sessions of the open connections could not be looked up";

    public override async Task LookAsync(CancellationToken ct)
    {
        await ListenAsync(ct);
        foreach (var asked in live.Sessions().Chunk(MaxAskedAtOnce)) await LookAsync(asked, ct);
    }

    async Task LookAsync(KeyValuePair<string, long>[] sessions, CancellationToken ct)
    {
        var open = await tickets.FindOpenAsync(sessions.Select(s => s.Key), ct);
        foreach (var (session, knownVersion) in sessions)
        {
            if (!open.TryGetValue(session, out var now)) live.End(session);
            else if (knownVersion < now.Version)
            {
                tickets.Forget(now.Person);
                changes.Note(now.Person);
                live.Renew(session, now.Version);
            }
        }
    }

    // Nobody is signed in before the site has been set up, and until then it has no channel of its own.
    async Task ListenAsync(CancellationToken ct)
    {
        if (ended is not null || await sites.FindAsync(ct) is not { } site) return;

        ended = relay.Listen(SessionTickets.Channel(site), message => tickets.HasEnded(Encoding.ASCII.GetString(message.Span)));
        changed = relay.Listen(PeopleChanges.Channel(site), message => changes.Hear(message.Span));
    }
}
