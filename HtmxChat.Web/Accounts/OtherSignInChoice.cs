namespace HtmxChat.Web.Accounts;

/// <summary>Whether people can sign in by another site, and what it is called.</summary>
/// <param name="Site">Null when they cannot.</param>
public sealed record OtherSignInChoice(OtherSignIn? Site);
