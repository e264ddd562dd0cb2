namespace HtmxChat.Web.Accounts;

/// <summary>One browser that somebody is signed in with.</summary>
/// <param name="Device">Browser and system, for example <c>Firefox on Linux</c>.</param>
/// <param name="LastUsedAt">To about a minute.</param>
/// <param name="Address">Where it was when it signed in; empty when nobody noted it.</param>
public sealed record MySession(long Id, string Device, DateTimeOffset SignedInAt, DateTimeOffset LastUsedAt, string Address);
