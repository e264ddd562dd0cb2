using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Accounts;

/// <summary>The session cookie: the key of <see cref="SessionTickets"/> and nothing else.</summary>
/// <remarks>
/// By default ASP.NET Core encrypts a ticket that holds this key alone. The key is a secret of 256 random bits and is looked
/// up by its hash, so encryption adds nothing but its cost on every request.
/// </remarks>
public sealed class SessionCookie : ISecureDataFormat<AuthenticationTicket>
{
    // How CookieAuthenticationHandler hands the key of an ITicketStore to the cookie and takes it back; not public there.
    const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    public string Protect(AuthenticationTicket data) => data.Principal.FindFirstValue(KeyClaim)!;

    public string Protect(AuthenticationTicket data, string? purpose) => Protect(data);

    public AuthenticationTicket? Unprotect(string? protectedText) =>
        protectedText is { Length: SessionTickets.KeyLength } key
            ? new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(KeyClaim, key)])), IdentityConstants.ApplicationScheme)
            : null;

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
