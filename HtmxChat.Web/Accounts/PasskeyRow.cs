namespace HtmxChat.Web.Accounts;

/// <summary>A passkey: a key pair of a person's device or password manager, of which this is the public half.</summary>
public sealed class PasskeyRow
{
    public long Id { get; set; }

    public long PersonId { get; set; }

    /// <summary>What the device calls it; no two are alike.</summary>
    public required byte[] CredentialId { get; set; }

    /// <summary>In COSE format (RFC 9052).</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>What its person calls it.</summary>
    public required string Name { get; set; }

    /// <summary>How the device is reached, separated by spaces: <c>internal hybrid</c>.</summary>
    public required string Transports { get; set; }

    /// <summary>Counts up with each use where the device counts, so that a copy is noticed.</summary>
    public long SignCount { get; set; }

    /// <summary>Whether it may be copied to the person's other devices. Never changes.</summary>
    public bool IsBackupEligible { get; set; }

    public long CreatedAtMs { get; set; }

    /// <summary>Null until somebody has signed in with it.</summary>
    public long? LastUsedAtMs { get; set; }
}
