using System.Security.Cryptography;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Admin;

/// <summary>Makes the site, its administrator and the first room, all or nothing. Of several first visitors at once exactly one succeeds.</summary>
public sealed class SetUpSite(ChatDb db, Join join, Invites invites, RoomDirectory rooms, SiteDirectory sites, AuditTrail audit)
{
    const string FirstRoom = "Lobby";

    /// <returns>Null when the site has been set up already.</returns>
    public async Task<JoinOutcome?> RunAsync(SiteName siteName, PersonName name, string password, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Set<SiteRow>().AnyAsync(ct)) return null;

        if (!await TryAddSiteAsync(siteName, ct)) return null;

        var outcome = await join.RunAsync(name, password, Role.Administrator, siteName.Text, ct);
        if (outcome is not JoinOutcome.Joined(var administrator)) return outcome;

        await rooms.CreateAsync(db, RoomName.Parse(FirstRoom, out _)!, Topic.None, RoomKind.Open, new PersonId(administrator.Id), ct);
        await invites.NewAsync(new PersonId(administrator.Id), note: "", expiresAt: null, maxUses: null, ct);
        await transaction.CommitAsync(ct);
        await audit.AddAsync(new AuditAct(AuditKind.SiteSetUp, new PersonId(administrator.Id)), CancellationToken.None);
        await sites.FindAsync(CancellationToken.None);
        return outcome;
    }

    // On PostgreSQL two may have found none: the second waits here for the first.
    async Task<bool> TryAddSiteAsync(SiteName siteName, CancellationToken ct)
    {
        db.Add(new SiteRow { Name = siteName.Text, Epoch = RandomWord(8) });
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException) when (db.Set<SiteRow>().Any())
        {
            return false;
        }
    }

    static string RandomWord(int length) => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", length);
}
