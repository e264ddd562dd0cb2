using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HtmxChat.Web.Accounts;

/// <summary>Identity's store of people, which checks passwords only where <see cref="PasswordHashing"/> has a place for it.</summary>
public sealed class IdentityPeople(
    IUserStore<Person> store, IOptions<IdentityOptions> options, IPasswordHasher<Person> hasher, IEnumerable<IUserValidator<Person>> rules, IEnumerable<IPasswordValidator<Person>> passwordRules,
    ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<Person>> logger, PasswordHashing hashing)
    : UserManager<Person>(store, options, hasher, rules, passwordRules, normalizer, errors, services, logger)
{
    protected override Task<PasswordVerificationResult> VerifyPasswordAsync(IUserPasswordStore<Person> store, Person user, string password) =>
        hashing.CheckAsync(user, password, CancellationToken);
}
