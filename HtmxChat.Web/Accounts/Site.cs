using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>The site itself, once it has been set up.</summary>
/// <param name="Epoch">The life of this database.</param>
/// <param name="Invite">Whoever knows it may join.</param>
public sealed record Site(string Name, string Epoch, string Invite);

/// <summary>Knows whether the site is set up, and what it is called. Asked on every request, so the answer is kept once there is one.</summary>
public sealed class SiteDirectory(IServiceScopeFactory scopes, Caches caches)
{
    volatile Site? known;

    /// <summary>Null until somebody has set the site up.</summary>
    public async ValueTask<Site?> FindAsync(CancellationToken ct)
    {
        if (known is { } site && caches.AreOn) return site;

        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<ChatDb>().Set<SiteRow>().AsNoTracking().SingleOrDefaultAsync(ct);
        return row is null ? null : known = new Site(row.Name, row.Epoch, row.Invite);
    }

    /// <summary>The site, where it is certain that it has been set up.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public Site Current => known ?? throw new InvalidOperationException("The site has not been set up yet.");
}
