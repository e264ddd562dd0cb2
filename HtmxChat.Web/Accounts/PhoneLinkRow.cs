namespace HtmxChat.Web.Accounts;

/// <summary>A link that signs one more browser in once. A session has one at a time, and takes it along when it ends.</summary>
public sealed class PhoneLinkRow
{
    /// <summary>The session that made it.</summary>
    public long SessionId { get; set; }

    /// <summary>SHA-256 of what stands in the link, so that a stolen database signs nobody in.</summary>
    public required byte[] TokenHash { get; set; }

    public long ExpiresAtMs { get; set; }

    public long? UsedAtMs { get; set; }
}
