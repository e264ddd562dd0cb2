using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>Gives a person another password: links that somebody had made with the old one are good no more, and nobody waits for too many tries.</summary>
public sealed class NewPassword(ChatDb db, AccountLinks links)
{
    /// <summary>Stores it, inside the caller's transaction.</summary>
    /// <param name="replaces">The hash of the old one; the change is none when that is not the password any more.</param>
    /// <returns>False when somebody else has changed it meanwhile.</returns>
    internal async Task<bool> TryStoreAsync(PersonId person, string? replaces, string hash, CancellationToken ct)
    {
        // A session that somebody begins with the old one at this moment finds another stamp, and ends.
        var (stamp, version) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString());
        var changed = await db.Users.Where(p => p.Id == person.Value && p.PasswordHash == replaces).ExecuteUpdateAsync(p => p
            .SetProperty(x => x.PasswordHash, hash).SetProperty(x => x.SecurityStamp, stamp).SetProperty(x => x.ConcurrencyStamp, version)
            .SetProperty(x => x.AccessFailedCount, 0).SetProperty(x => x.LockoutEnd, (DateTimeOffset?)null).SetProperty(x => x.ProofTries, 0), ct);
        if (changed == 0) return false;

        await links.RevokeAllAsync(person, ct);
        return true;
    }
}
