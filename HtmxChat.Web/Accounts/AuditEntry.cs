namespace HtmxChat.Web.Accounts;

/// <summary>One entry of the audit trail, as it is shown.</summary>
/// <param name="By">Who did it, and <paramref name="Person"/> to whom; null when there is nobody to name.</param>
/// <param name="Address">Where the request came from; empty when there was none.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, AuditKind Kind, AuditPerson? By, AuditPerson? Person, string About, string Address);

/// <summary>Somebody in the audit trail, by what they are called now.</summary>
public sealed record AuditPerson(long Id, string Name, string Handle);

/// <summary>A stretch of the audit trail, newest first.</summary>
/// <param name="OlderThan">Where the next stretch begins; null at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, long? OlderThan);
