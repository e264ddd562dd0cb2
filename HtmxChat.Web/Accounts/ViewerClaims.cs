using System.Globalization;
using System.Security.Claims;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What a signed-in request says about its person.</summary>
public static class ViewerClaims
{
    /// <summary>The claim with the name that others see.</summary>
    public const string DisplayName = "display-name";

    /// <summary>Who it is.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Viewer Viewer(this ClaimsPrincipal principal) => new(principal.PersonId(), principal.PersonName(), principal.Role());

    /// <summary>Whose session it is.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static PersonId PersonId(this ClaimsPrincipal principal) => new(long.Parse(Claim(principal, ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture));

    /// <summary>The name that others see.</summary>
    public static string PersonName(this ClaimsPrincipal principal) => Claim(principal, DisplayName);

    /// <summary>The session that this browser is signed in by.</summary>
    public static string Session(this ClaimsPrincipal principal) => Claim(principal, SessionTickets.SessionClaim);

    /// <summary>Whether the person looks after the site.</summary>
    public static bool IsAdministrator(this ClaimsPrincipal principal) => principal.IsInRole(nameof(Shared.Role.Administrator));

    /// <summary>Puts into a session what the database has about its person now.</summary>
    public static void Describe(this ClaimsIdentity identity, string name, Role role)
    {
        Set(identity, DisplayName, name);
        Set(identity, identity.RoleClaimType, role.ToString());
    }

    static Role Role(this ClaimsPrincipal principal) => Enum.Parse<Role>(Claim(principal, ClaimTypes.Role));

    static void Set(ClaimsIdentity identity, string type, string value)
    {
        foreach (var old in identity.FindAll(type).ToList()) identity.RemoveClaim(old);
        identity.AddClaim(new Claim(type, value));
    }

    static string Claim(ClaimsPrincipal principal, string type) =>
        principal.FindFirstValue(type) ?? throw new InvalidOperationException($"The request has no claim '{type}': nobody is signed in.");
}
