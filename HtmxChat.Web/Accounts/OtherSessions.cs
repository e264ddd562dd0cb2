using System.Globalization;
using System.Security.Claims;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>Ends all of a person's sessions but the one that asks for it.</summary>
public sealed class OtherSessions(SignInManager<Person> signIn, SessionTickets tickets, ChatDb db)
{
    /// <param name="here">The session that goes on, with the security stamp that the person has now.</param>
    public async Task EndAsync(Person person, ClaimsPrincipal here)
    {
        // The reason for it has been stored, so it is done whether or not anybody waits for it.
        var session = long.Parse(here.Session(), CultureInfo.InvariantCulture);
        await tickets.EndAsync(new PersonId(person.Id), s => s.Id != session, CancellationToken.None);
        await db.Entry(person).ReloadAsync(CancellationToken.None);
        await signIn.RefreshSignInAsync(person);
    }
}
