using System.Globalization;
using System.Security.Claims;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What a signed-in request says about its person.</summary>
public static class ViewerClaims
{
    /// <summary>The claim with the name that others see.</summary>
    public const string DisplayName = "display-name";

    const string Picture = "picture";
    const string Language = "language";
    const string Zone = "zone";
    const string Preferred = "preferences";
    const string Version = "version";

    /// <summary>Who it is.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Viewer Viewer(this ClaimsPrincipal principal) => new(principal.PersonId(), principal.PersonName(), principal.Role())
    {
        Picture = principal.FindFirstValue(Picture),
        Language = Claim(principal, Language),
        Zone = Accounts.Zone.Of(Claim(principal, Zone)),
        Preferences = principal.Preferences(),
        Version = long.Parse(Claim(principal, Version), CultureInfo.InvariantCulture),
    };

    /// <summary>Whose session it is.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static PersonId PersonId(this ClaimsPrincipal principal) => new(long.Parse(Claim(principal, ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture));

    /// <summary>The name that others see.</summary>
    public static string PersonName(this ClaimsPrincipal principal) => Claim(principal, DisplayName);

    /// <summary>How the person likes to have things; as usual where nobody is signed in.</summary>
    public static Preferences Preferences(this ClaimsPrincipal principal) => Accounts.Preferences.Parse(principal.FindFirstValue(Preferred));

    /// <summary>The session that this browser is signed in by.</summary>
    public static string Session(this ClaimsPrincipal principal) => Claim(principal, SessionTickets.SessionClaim);

    /// <summary>Whether the person looks after the site.</summary>
    public static bool IsAdministrator(this ClaimsPrincipal principal) => principal.IsInRole(nameof(Shared.Role.Administrator));

    /// <summary>Puts into a session what the database has about its person now.</summary>
    public static void Describe(this ClaimsIdentity identity, Viewer person)
    {
        Set(identity, DisplayName, person.Name);
        Set(identity, identity.RoleClaimType, person.Role.ToString());
        Set(identity, Picture, person.Picture);
        Set(identity, Language, person.Language);
        Set(identity, Zone, person.Zone.Name);
        Set(identity, Preferred, person.Preferences.Stored());
        Set(identity, Version, person.Version.ToString(CultureInfo.InvariantCulture));
    }

    static Role Role(this ClaimsPrincipal principal) => Enum.Parse<Role>(Claim(principal, ClaimTypes.Role));

    static void Set(ClaimsIdentity identity, string type, string? value)
    {
        foreach (var old in identity.FindAll(type).ToList()) identity.RemoveClaim(old);
        if (value is not null) identity.AddClaim(new Claim(type, value));
    }

    static string Claim(ClaimsPrincipal principal, string type) =>
        principal.FindFirstValue(type) ?? throw new InvalidOperationException($"The request has no claim '{type}': nobody is signed in.");
}
