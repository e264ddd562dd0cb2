using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>The site itself, once it has been set up.</summary>
/// <param name="Epoch">The life of this database.</param>
/// <param name="Invite">Whoever knows it may join.</param>
public sealed record Site(string Name, string Epoch, string Invite);

/// <summary>Knows whether the site is set up, and what it is called. Asked on every request, so the answer is kept once there is one.</summary>
public sealed class SiteDirectory(SqlReader sql, Caches caches)
{
    volatile Site? known;

    /// <summary>Null until somebody has set the site up.</summary>
    public async ValueTask<Site?> FindAsync(CancellationToken ct)
    {
        if (known is { } site && caches.AreOn) return site;

        var found = await sql.AllAsync("select name, epoch, invite from sites", row => new Site(row.GetString(0), row.GetString(1), row.GetString(2)), ct);
        return found is [var only] ? known = only : null;
    }

    /// <summary>The site, where it is certain that it has been set up.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public Site Current => known ?? throw new InvalidOperationException("The site has not been set up yet.");
}
