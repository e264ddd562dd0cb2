using System.Globalization;
using System.Security.Claims;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>Ends all of a person's sessions but the one that asks for it.</summary>
public sealed class OtherSessions(SignInManager<Person> signIn, SessionTickets tickets, AccountLinks links, ChatDb db)
{
    /// <summary>Does it because the person wants it: no other browser is remembered for its second step any more, no link leads in, and whoever signs in at this moment does not.</summary>
    public async Task EndForGoodAsync(Person person, ClaimsPrincipal here)
    {
        await db.Users.Where(p => p.Id == person.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.SecurityStamp, Guid.NewGuid().ToString("N")).SetProperty(x => x.ConcurrencyStamp, Guid.NewGuid().ToString()), CancellationToken.None);
        await links.RevokeAllAsync(new PersonId(person.Id), CancellationToken.None);
        await EndAsync(person, here);
    }

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
