using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Why an address is not changed.</summary>
/// <param name="Field">Which of the things that were given is the reason.</param>
public sealed record AddressRefusal(string Field, Refusal Why);
