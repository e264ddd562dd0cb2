using System.Globalization;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>Makes sure, before something that cannot be undone, that it is the person who asks and not somebody at their open browser.</summary>
public sealed class ConfirmPerson(UserManager<Person> people, SignInManager<Person> signIn)
{
    /// <summary>Whether the person confirms with a password; those who have none type their handle.</summary>
    public async Task<bool> NeedsPasswordAsync(PersonId person) => await people.HasPasswordAsync(await FindAsync(person));

    /// <summary>Compares what was typed with the password, else with the handle. Wrong passwords count as they do at signing in.</summary>
    /// <returns>Why it is not enough; null when it is.</returns>
    public async Task<Refusal?> RefuseAsync(PersonId person, string? typed)
    {
        var found = await FindAsync(person);
        if (!await people.HasPasswordAsync(found))
            return PlainLine.Key(PlainLine.Clean(typed).TrimStart('@')) == found.NormalizedUserName ? null : new("That is not your handle. Nothing was done.");

        var result = await signIn.CheckPasswordSignInAsync(found, typed is { Length: <= PasswordRule.MaxLength } ? typed : "", lockoutOnFailure: true);
        return
            result.Succeeded ? null :
            result.IsLockedOut ? new("Too many wrong passwords. Please try again in five minutes.") :
            new("That is not your password. Nothing was done.");
    }

    async Task<Person> FindAsync(PersonId person) => (await people.FindByIdAsync(person.Value.ToString(CultureInfo.InvariantCulture)))!;
}
