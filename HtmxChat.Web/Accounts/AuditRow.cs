namespace HtmxChat.Web.Accounts;

/// <summary>One entry of the audit trail. Entries stay as they are, but that failed sign-ins of a minute are counted together and a deleted account's addresses are forgotten.</summary>
public sealed class AuditRow
{
    public long Id { get; set; }

    public long AtMs { get; set; }

    public AuditKind Kind { get; set; }

    /// <summary>Who did it; null when nobody knows.</summary>
    public long? ById { get; set; }

    /// <summary>To whom; null when it was done to nobody.</summary>
    public long? PersonId { get; set; }

    public required string About { get; set; }

    /// <summary>The address that the request came from; empty when there was none.</summary>
    public required string Address { get; set; }
}
