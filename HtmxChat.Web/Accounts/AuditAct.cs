using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Something that the audit trail keeps. Never what somebody wrote, and no password, key or link by which one gets in.</summary>
/// <param name="By">Who did it; null when nobody knows, as with a wrong name at the sign-in.</param>
/// <param name="Person">To whom; null when it was done to nobody.</param>
/// <param name="About">A few words more, for example a room's name; cut to <see cref="MaxAbout"/>.</param>
public sealed record AuditAct(AuditKind Kind, PersonId? By, PersonId? Person = null, string About = "")
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxAbout = 200;
}
