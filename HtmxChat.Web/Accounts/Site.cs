using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>The site itself, once it has been set up.</summary>
/// <param name="Epoch">The life of this database.</param>
public sealed record Site(string Name, string Epoch);

/// <summary>Knows whether the site is set up, and how. Asked on every request, so the answer is kept for a while once there is one.</summary>
public sealed class SiteDirectory(SqlReader sql, Caches caches, TimeProvider time)
{
    static readonly TimeSpan KeepTime = TimeSpan.FromSeconds(2);

    volatile Kept? kept;

    sealed record Kept(Site Site, long At, bool IsOutdated = false);

    /// <summary>Null until somebody has set the site up.</summary>
    public async ValueTask<Site?> FindAsync(CancellationToken ct)
    {
        if (caches.AreOn && kept is { IsOutdated: false } known && time.GetElapsedTime(known.At) < KeepTime) return known.Site;

        var asked = time.GetTimestamp();
        var found = await sql.AllAsync(
            "select name, epoch from sites",
            row => new Site(row.GetString(0), row.GetString(1)), ct);
        if (found is not [var site]) return null;

        kept = new Kept(site, asked);
        return site;
    }

    /// <summary>Has the site read anew when it is next asked for: a setting was changed.</summary>
    public void Forget()
    {
        if (kept is { } known) kept = known with { IsOutdated = true };
    }

    /// <summary>The site, where it is certain that it has been set up.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public Site Current => kept?.Site ?? throw new InvalidOperationException("The site has not been set up yet.");
}
