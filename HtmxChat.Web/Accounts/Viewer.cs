using System.Globalization;
using System.Security.Claims;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>What a signed-in request says about its person.</summary>
public static class Viewer
{
    /// <summary>Who it is.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static PersonId PersonId(this ClaimsPrincipal principal) => new(long.Parse(Claim(principal, ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture));

    /// <summary>The person's name.</summary>
    public static string PersonName(this ClaimsPrincipal principal) => Claim(principal, ClaimTypes.Name);

    /// <summary>The session that this browser is signed in by.</summary>
    public static string Session(this ClaimsPrincipal principal) => Claim(principal, SessionTickets.SessionClaim);

    /// <summary>Whether the person looks after the site.</summary>
    public static bool IsAdministrator(this ClaimsPrincipal principal) => principal.IsInRole(nameof(Role.Administrator));

    static string Claim(ClaimsPrincipal principal, string type) =>
        principal.FindFirstValue(type) ?? throw new InvalidOperationException($"The request has no claim '{type}': nobody is signed in.");
}
