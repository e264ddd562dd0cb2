using HtmxChat.Web.Accounts;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>What may be meant by what somebody has begun to type.</summary>
/// <param name="Put">What takes its place.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Says">What there is to be said of it; empty for nothing.</param>
public sealed record Suggestion(string Put, string Name, string Says)
{
    /// <summary>Of a person; null for everything else.</summary>
    public Face? Face { get; init; }
}
