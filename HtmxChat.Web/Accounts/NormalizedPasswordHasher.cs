using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HtmxChat.Web.Accounts;

/// <summary>Identity's hasher, which is given every password in one form, however it was typed.</summary>
public sealed class NormalizedPasswordHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<Person>(options)
{
    public override string HashPassword(Person user, string password) => base.HashPassword(user, PasswordText.Of(password));

    public override PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword) =>
        base.VerifyHashedPassword(user, hashedPassword, PasswordText.Of(providedPassword));
}
