using HtmxChat.Web.Mail;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>A person gives an address for mail, which is theirs once they have followed the link that was sent there.</summary>
public sealed class ChangeAddress(ChatDb db, UserManager<Person> people, Proof proof, AccountLinks links, AuditTrail audit, Postbox postbox, TimeProvider time)
{
    /// <summary>Of the link.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    /// <summary>Between two links of one person, and between two to one address whoever asks, so that nobody can fill somebody else's mailbox.</summary>
    public static readonly TimeSpan BetweenLetters = TimeSpan.FromMinutes(1);

    /// <summary>Whether addresses can be confirmed here.</summary>
    public bool IsPossible => postbox.IsOn;

    /// <summary>The address that a person has; null for none.</summary>
    public Task<string?> FindAsync(PersonId person, CancellationToken ct) => db.Users.Where(p => p.Id == person.Value && p.EmailConfirmed).Select(p => p.Email).SingleOrDefaultAsync(ct);

    /// <summary>What proves that it is the person; null for nothing that could be typed.</summary>
    public async Task<string?> AskForProofAsync(PersonId person, CancellationToken ct) => await proof.AskAsync(await FindPersonAsync(person, ct), ct);

    /// <summary>Sends the link.</summary>
    /// <param name="typed">What proves that it is the person.</param>
    /// <returns>Why not; null when it is on its way. That somebody else has the address is said in the letter alone.</returns>
    public async Task<AddressRefusal?> AskAsync(PersonId id, string typed, EmailAddress address, CancellationToken ct)
    {
        // By a letter they would come to a password, and stay what they are: a guest becomes a member by choosing one.
        if ((await FindPersonAsync(id, ct)).Role == Role.Guest) return new(nameof(EmailAddress), new("A guest has no address here. Choose a password first, to come back; that makes you a member."));
        if (await RefuseAsync(id, typed, ct) is { } wrong) return wrong;
        if (await MakeLinkAsync(id, address, ct) is not { } token) return new(nameof(EmailAddress), new("A link has just been sent. Please wait a minute before you ask for another."));

        // Without the handle: it is of the asker's choice, and mail programs make a link of one that looks like the name of a site.
        var letter = await IsTakenAsync(id, address, ct)
            ? new Letter("address taken", address.Text, "This address is in use already",
                ["Somebody, probably you, wanted to give this address to an account here. It belongs to another one already, so it was left there."])
            : new Letter("address to confirm", address.Text, "Confirm your address",
                ["Somebody, probably you, wants to give this address to an account here. The link says to which, and is good for a day.", "If you do not know what this is about, there is nothing to do."],
                $"/confirm/{token}", "Confirm the address");
        return postbox.TryPost(letter) ? null : new(nameof(EmailAddress), new("No mail can be sent just now. Please try again later."));
    }

    /// <summary>What a link confirms; null when it is good no more.</summary>
    public Task<AccountLink?> FindLinkAsync(string token, CancellationToken ct) => links.FindAsync(LinkPurpose.ConfirmAddress, token, ct);

    /// <summary>Gives the address to its person.</summary>
    /// <returns>False when the link is good no more, or somebody else has confirmed the address meanwhile.</returns>
    public async Task<bool> ConfirmAsync(string token, CancellationToken ct)
    {
        if (await FindLinkAsync(token, ct) is not { Address: { } address } link) return false;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await links.TryUseAsync(LinkPurpose.ConfirmAddress, token, ct)) return false;

        var old = await FindAsync(link.Person, ct);
        if (!await TrySetAsync(link.Person, address, ct)) return false;

        await transaction.CommitAsync(ct);
        await audit.AddAsync(new AuditAct(AuditKind.AddressChanged, link.Person), CancellationToken.None);
        if (old is not null && old != address) postbox.TryPost(GoneFrom(old, link.Handle));
        return true;
    }

    /// <summary>Takes the address away again: nothing is sent any more.</summary>
    public async Task<AddressRefusal?> RemoveAsync(PersonId id, string typed, CancellationToken ct)
    {
        if (await RefuseAsync(id, typed, ct) is { } wrong) return wrong;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await TrySetAsync(id, null, ct);
        await links.RevokeAsync(LinkPurpose.ConfirmAddress, id, ct);
        await transaction.CommitAsync(ct);
        await audit.AddAsync(new AuditAct(AuditKind.AddressRemoved, id), CancellationToken.None);
        return null;
    }

    // One after the other, so that of several at once only the first finds that nothing was sent.
    async Task<string?> MakeLinkAsync(PersonId id, EmailAddress address, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await SiteSql.LockAsync(db, ct);
        var since = time.GetUtcNow() - BetweenLetters;
        if (await links.WasSentAsync(LinkPurpose.ConfirmAddress, id, since, ct)) return null;

        // Compared here: SQLite knows no capital letters but those of ASCII.
        var key = people.NormalizeEmail(address.Text);
        if ((await links.ListAddressesAsync(LinkPurpose.ConfirmAddress, since, ct)).Any(sent => people.NormalizeEmail(sent) == key)) return null;

        await links.RevokeAsync(LinkPurpose.ConfirmAddress, id, ct);
        var token = await links.NewAsync(LinkPurpose.ConfirmAddress, id, GoodFor, address.Text, madeBy: null, ct);
        await transaction.CommitAsync(ct);
        return token;
    }

    async Task<AddressRefusal?> RefuseAsync(PersonId id, string typed, CancellationToken ct) =>
        await proof.RefuseAsync(await FindPersonAsync(id, ct), typed, ct) is { } why ? new("Password", why) : null;

    Task<Person> FindPersonAsync(PersonId id, CancellationToken ct) => db.Users.AsNoTracking().SingleAsync(p => p.Id == id.Value, ct);

    Task<bool> IsTakenAsync(PersonId person, EmailAddress address, CancellationToken ct)
    {
        var key = people.NormalizeEmail(address.Text);
        return db.Users.AnyAsync(p => p.NormalizedEmail == key && p.Id != person.Value, ct);
    }

    // What was sent to the old address is good no more. The index of addresses decides between two who confirm one at once.
    async Task<bool> TrySetAsync(PersonId id, string? address, CancellationToken ct)
    {
        try
        {
            var person = (await db.Users.FindAsync([id.Value], ct))!;
            (person.Email, person.NormalizedEmail, person.EmailConfirmed) = (address, people.NormalizeEmail(address), address is not null);
            await db.SaveChangesAsync(ct);
            await links.RevokeAsync(LinkPurpose.ResetPassword, id, ct);
            return true;
        }
        catch (DbUpdateException e) when (e is not DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    static Letter GoneFrom(string old, string handle) => new("address changed", old, "Your address was changed",
        [$"The account @{handle} has another address for mail now, and nothing will be sent to this one any more.", "If that was not you, tell whoever looks after the site."]);
}
