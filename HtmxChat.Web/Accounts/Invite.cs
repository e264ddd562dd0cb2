namespace HtmxChat.Web.Accounts;

/// <summary>A link by which people join.</summary>
/// <param name="Code">What stands in the link.</param>
/// <param name="MaxUses">Null is as often as people like.</param>
public sealed record Invite(long Id, string Code, string Note, DateTimeOffset? ExpiresAt, int? MaxUses, int Uses)
{
    /// <summary>Where it leads.</summary>
    public string Path => $"/join/{Code}";
}
