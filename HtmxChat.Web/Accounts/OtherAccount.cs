using System.Security.Claims;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Who somebody is at the other site, as that site has said it.</summary>
/// <param name="Key">What it calls them for ever, with its own name: another site may call somebody else so.</param>
/// <param name="Name">What it calls them in words; the subject when it does not say.</param>
/// <param name="Handle">The handle that is suggested by what they sign in with over there.</param>
/// <param name="Address">Their address for mail; null when the site has not made sure that it is theirs.</param>
/// <param name="Invite">The code of the invite link by which they came; null without one.</param>
public sealed record OtherAccount(string Key, string Name, Handle Handle, EmailAddress? Address, string? Invite)
{
    /// <summary>Reads the claims (OpenID Connect Core 1.0, section 5.1).</summary>
    public static OtherAccount Read(ClaimsPrincipal principal, string? invite)
    {
        var subject = principal.FindFirst("sub") ?? throw new InvalidOperationException("The other site has not said who it is.");
        var signsInWith = principal.FindFirstValue("preferred_username");
        var name = principal.FindFirstValue("name") ?? signsInWith ?? subject.Value;
        var isVerified = bool.TryParse(principal.FindFirstValue("email_verified"), out var verified) && verified;
        return new($"{subject.Issuer} {subject.Value}", PlainLine.Clean(name), Handle.From((signsInWith ?? name).Split('@')[0]), isVerified ? EmailAddress.Parse(principal.FindFirstValue("email"), out _) : null, invite);
    }
}
