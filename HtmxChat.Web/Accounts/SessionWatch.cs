using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Ends the live connections here of sessions that were ended on another node: at once when the relay says so, and else
/// when the database is asked next, within <see cref="Interval"/>.
/// </summary>
public sealed class SessionWatch(LiveConnections live, SessionTickets tickets, SiteDirectory sites, IRelay relay, TimeProvider time, ILogger<SessionWatch> logger) : BackgroundService
{
    /// <summary>The time between two questions. A connection has to be closed within 2 s, and a busy node needs some of them.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    const int MaxAskedAtOnce = 500;

    Listening? listening;

    public override void Dispose()
    {
        listening?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                listening ??= await ListenAsync(stoppingToken);
                foreach (var sessions in live.Sessions().Chunk(MaxAskedAtOnce))
                {
                    foreach (var ended in await tickets.FindEndedAsync(sessions, stoppingToken)) live.End(ended);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "The sessions of the open connections could not be looked up; trying again in {Interval}", Interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Nobody is signed in before the site has been set up, and until then it has no channel of its own.
    async Task<Listening?> ListenAsync(CancellationToken ct) =>
        await sites.FindAsync(ct) is { } site ? relay.Listen(SessionTickets.Channel(site), message => tickets.HasEnded(Encoding.ASCII.GetString(message.Span))) : null;
}
