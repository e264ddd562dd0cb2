using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>Makes sure that it is the person, and not somebody at the person's unlocked computer, who changes how one signs in.</summary>
public sealed class Proof(SignInManager<Person> signIn, TwoStep twoStep)
{
    /// <summary>What to ask for; null when the person has nothing that could be asked for.</summary>
    public async Task<string?> AskAsync(Person person, CancellationToken ct)
    {
        var isOn = (await twoStep.FindAsync(new PersonId(person.Id), ct)).IsOn;
        return (person.PasswordHash is not null, isOn) switch
        {
            (true, true) => "Your password, or a code from your app",
            (true, false) => "Your password",
            (false, true) => "A code from your app, or a recovery code",
            _ => null,
        };
    }

    /// <summary>Checks what was typed, and counts it as a try.</summary>
    /// <returns>Null when it is proved, or there is nothing to prove it with.</returns>
    public async Task<Refusal?> RefuseAsync(Person person, string? typed, CancellationToken ct)
    {
        if (await AskAsync(person, ct) is null) return null;
        return person.PasswordHash is null || IsCode(typed) ? Refuse(await twoStep.TryAsync(new PersonId(person.Id), typed, ct)) : await RefusePasswordAsync(person, typed ?? "");
    }

    // Too short for a password.
    static bool IsCode(string? typed) => typed is not null && typed.Count(char.IsAsciiDigit) == AuthenticatorCode.Length && typed.All(c => char.IsAsciiDigit(c) || c == ' ');

    static Refusal? Refuse(CodeOutcome outcome) => outcome == CodeOutcome.Accepted ? null : outcome.Refusal();

    async Task<Refusal?> RefusePasswordAsync(Person person, string password)
    {
        if (password.Length > PasswordRule.MaxLength) return new("That is not your password.");

        var result = await signIn.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
        return result.Succeeded ? null : new(result.IsLockedOut ? "Too many wrong passwords. Please try again in five minutes." : "That is not your password.");
    }
}
