namespace HtmxChat.Web.Accounts;

/// <summary>A link by which people join.</summary>
public sealed class InviteRow
{
    public long Id { get; set; }

    /// <summary>What stands in the link. Not hashed: administrators show it again.</summary>
    public required string Code { get; set; }

    /// <summary>What it is for, in the words of whoever made it.</summary>
    public string Note { get; set; } = "";

    public long CreatedById { get; set; }

    public long CreatedAtMs { get; set; }

    /// <summary>Null never expires.</summary>
    public long? ExpiresAtMs { get; set; }

    /// <summary>Null is as often as people like.</summary>
    public int? MaxUses { get; set; }

    /// <summary>Raised in the transaction that makes the person, so it is exact.</summary>
    public int Uses { get; set; }

    public long? RevokedAtMs { get; set; }
}
