using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Accounts;

/// <summary>Makes a new person. The caller has found that this person may join.</summary>
public sealed class Join(UserManager<Person> people, TimeProvider time)
{
    /// <returns>The person, or why not: the name is taken, or the password is not good enough.</returns>
    public async Task<JoinOutcome> RunAsync(PersonName name, string password, Role role)
    {
        var person = new Person { UserName = name.Text, Role = role, JoinedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };
        try
        {
            var result = await people.CreateAsync(person, password);
            if (result.Succeeded) return new JoinOutcome.Joined(person);

            return result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateUserName))
                ? NameTaken(name)
                : new JoinOutcome.PasswordRefused(new Refusal(string.Join(" ", result.Errors.Select(e => e.Description))));
        }
        catch (DbUpdateException) when (people.Users.Any(p => p.NormalizedUserName == person.NormalizedUserName))
        {
            // Somebody took it after it had been found free.
            return NameTaken(name);
        }
    }

    static JoinOutcome.NameTaken NameTaken(PersonName name) =>
        new(new Refusal($"Somebody here is already called {name.Text}. If that is you, sign in; otherwise choose another name."));
}

/// <summary>What came of joining.</summary>
public abstract record JoinOutcome
{
    public sealed record Joined(Person Person) : JoinOutcome;

    public sealed record NameTaken(Refusal Why) : JoinOutcome;

    public sealed record PasswordRefused(Refusal Why) : JoinOutcome;
}
