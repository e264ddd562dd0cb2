namespace HtmxChat.Web.Accounts;

/// <summary>A person's passkey, as the person sees it.</summary>
/// <param name="LastUsedAt">Null until somebody has signed in with it.</param>
public sealed record Passkey(long Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);
