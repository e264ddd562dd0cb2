using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>Makes a new person. The caller has found that this person may join.</summary>
public sealed class Join(UserManager<Person> people, TimeProvider time)
{
    /// <returns>The person, or why not: the name is taken, or the password is not good enough.</returns>
    public async Task<JoinOutcome> RunAsync(PersonName name, string password, Role role)
    {
        var person = new Person { UserName = name.Text, Role = role, JoinedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };
        var result = await people.CreateAsync(person, password);
        if (result.Succeeded) return new JoinOutcome.Joined(person);

        return result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateUserName))
            ? new JoinOutcome.NameTaken(new Refusal($"Somebody here is already called {name.Text}. If that is you, sign in; otherwise choose another name."))
            : new JoinOutcome.PasswordRefused(new Refusal(string.Join(" ", result.Errors.Select(e => e.Description))));
    }
}

/// <summary>What came of joining.</summary>
public abstract record JoinOutcome
{
    public sealed record Joined(Person Person) : JoinOutcome;

    public sealed record NameTaken(Refusal Why) : JoinOutcome;

    public sealed record PasswordRefused(Refusal Why) : JoinOutcome;
}
