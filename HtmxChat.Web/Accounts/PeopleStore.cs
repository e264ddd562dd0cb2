using System.Globalization;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>Identity's store of people, which finds passkeys in a table of this slice.</summary>
/// <remarks>
/// Identity's own table keeps each as a JSON document, with proofs that nothing asks for, does not know when one was last
/// used, and writes the whole person for each use. It is left out of the schema, so only <see cref="Passkeys"/> writes.
/// </remarks>
public sealed class PeopleStore(ChatDb db, Passkeys passkeys, IdentityErrorDescriber errors) : UserOnlyStore<Person, ChatDb, long>(db, errors)
{
    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        await passkeys.ReadAsync(new PersonId(user.Id), cancellationToken);

    public override Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        passkeys.ReadAsync(new PersonId(user.Id), credentialId, cancellationToken);

    public override async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindPersonAsync(credentialId, cancellationToken) is { } person ? await FindByIdAsync(person.Value.ToString(CultureInfo.InvariantCulture), cancellationToken) : null;
}
