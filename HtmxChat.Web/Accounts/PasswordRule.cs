using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>Any characters, long enough to be hard to guess, short enough that hashing it cannot be used as a weapon.</summary>
public sealed class PasswordRule : IPasswordValidator<Person>
{
    public const int MinLength = 8;

    public const int MaxLength = 128;

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Refuse(password, user) is { } refusal
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordRule), Description = refusal.Words })
            : IdentityResult.Success);

    static Refusal? Refuse(string? password, Person person)
    {
        if (password is null || password.Length < MinLength) return new($"Please choose a password of at least {MinLength} characters.");
        if (password.Length > MaxLength) return new($"Please choose a password of at most {MaxLength} characters.");
        if (string.Equals(password, person.DisplayName, StringComparison.OrdinalIgnoreCase) || string.Equals(password, person.UserName, StringComparison.OrdinalIgnoreCase)) return new("Please choose a password that is not your name.");
        return null;
    }
}
