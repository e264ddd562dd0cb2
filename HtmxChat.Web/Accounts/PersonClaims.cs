using System.Security.Claims;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HtmxChat.Web.Accounts;

/// <summary>Puts what is known of the person into the session.</summary>
public sealed class PersonClaims(UserManager<Person> people, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Person>(people, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.Describe(new Viewer(new PersonId(user.Id), user.DisplayName, user.Role)
        {
            Picture = user.Picture,
            Language = user.Language,
            Zone = Zone.Of(user.TimeZone),
            Preferences = Preferences.Parse(user.Preferences),
            Version = user.Version,
        });
        return identity;
    }
}
