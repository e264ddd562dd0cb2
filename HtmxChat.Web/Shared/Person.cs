using Microsoft.AspNetCore.Identity;

namespace HtmxChat.Web.Shared;

/// <summary>
/// Somebody who has joined. <see cref="IdentityUser{TKey}.UserName"/> is the handle: no two are alike but for case, and
/// nobody is ever given another's, also when that one has gone.
/// </summary>
public sealed class Person : IdentityUser<long>
{
    /// <summary>What others see; may be another's as well.</summary>
    public required string DisplayName { get; set; }

    public Role Role { get; set; } = Role.Member;

    public Standing Standing { get; set; } = Standing.Active;

    public long JoinedAtMs { get; set; }

    /// <summary>To the others this person is always offline.</summary>
    public bool HidesPresence { get; set; }

    /// <summary>The key of the message that last changed that by <c>/away</c>: what is sent twice, perhaps to two nodes, changes it once. Empty when none has.</summary>
    public string HidingKey { get; set; } = "";

    /// <summary>A line about oneself; may be empty.</summary>
    public string Bio { get; set; } = "";

    /// <summary>An IANA name, for example <c>Europe/Berlin</c>; empty when nobody said.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>What the person writes in, as a tag of BCP 47; empty when nobody said.</summary>
    public string Language { get; set; } = "";

    /// <summary>Names the picture by its content; null while there is none.</summary>
    public string? Picture { get; set; }

    /// <summary>How the person likes to have things, as JSON; empty for all as it comes.</summary>
    public string Preferences { get; set; } = "";

    /// <summary>The emoji that they reacted with last, the newest first, separated by spaces; may be empty.</summary>
    public string RecentEmoji { get; set; } = "";

    /// <summary>Raised by each change of what a session knows of its person.</summary>
    public long Version { get; set; }

    /// <summary>When an administrator made a link for a new password; null when the person has read of it, or none was made.</summary>
    public long? LinkMadeAtMs { get; set; }

    /// <summary>What the person wrote is being removed.</summary>
    public bool LosesMessages { get; set; }

    /// <summary>When they were let in again: what they write from then on stays. Null while all goes, or when they were never thrown out.</summary>
    public long? LosesMessagesUntilMs { get; set; }

    /// <summary>Of somebody who was thrown out: whether they were deactivated already, and are so again when they are let in.</summary>
    public bool WasDeactivated { get; set; }

    /// <summary>How many passwords were tried by those who are signed in as this person since <see cref="ProofTriesFromMs"/>.</summary>
    public int ProofTries { get; set; }

    public long ProofTriesFromMs { get; set; }
}
