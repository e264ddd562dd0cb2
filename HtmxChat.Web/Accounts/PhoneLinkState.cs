namespace HtmxChat.Web.Accounts;

/// <summary>What has become of the link that a session has made.</summary>
/// <param name="UsedAt">Null as long as nobody has signed in by it.</param>
public sealed record PhoneLinkState(DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt);
