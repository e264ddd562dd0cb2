namespace HtmxChat.Web.Accounts;

/// <summary>A link that does one thing to a person's account, once. It is gone when it has been used, and for a while only expired when it was taken back.</summary>
public sealed class AccountLinkRow
{
    public long Id { get; set; }

    public long PersonId { get; set; }

    public LinkPurpose Purpose { get; set; }

    /// <summary>SHA-256 of what stands in the link, so that a stolen database resets nobody's password.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>Which address is confirmed; null for other purposes.</summary>
    public string? Address { get; set; }

    /// <summary>The administrator who made it; null when it was sent by mail.</summary>
    public long? MadeById { get; set; }

    public long CreatedAtMs { get; set; }

    public long ExpiresAtMs { get; set; }
}
