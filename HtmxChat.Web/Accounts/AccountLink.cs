using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>A link that is still good.</summary>
/// <param name="Handle">The person's.</param>
/// <param name="Address">Which one is confirmed; null for other purposes.</param>
public sealed record AccountLink(PersonId Person, string Handle, string? Address);
