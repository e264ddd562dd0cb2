namespace HtmxChat.Web.Accounts;

/// <summary>A recovery code that has not been used. It is deleted when it is.</summary>
public sealed class RecoveryCodeRow
{
    public long PersonId { get; set; }

    /// <summary>See <see cref="RecoveryCode.HashFor"/>.</summary>
    public required byte[] Hash { get; set; }
}
