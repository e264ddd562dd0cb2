namespace HtmxChat.Web.Accounts;

/// <summary>The one row about the site itself. Its fixed key is what lets only one of several first visitors set it up.</summary>
public sealed class SiteRow
{
    public const int OnlyId = 1;

    /// <summary>A year.</summary>
    public const int DefaultAuditDays = 365;

    public int Id { get; set; } = OnlyId;

    public required string Name { get; set; }

    /// <summary>The life of this database: a backup that is brought back gets a new one.</summary>
    public required string Epoch { get; set; }

    public Joining Joining { get; set; } = Joining.ByInvite;

    public RoomMakers RoomMakers { get; set; } = RoomMakers.Members;

    /// <summary>In UTF-16 units.</summary>
    public int MaxMessageLength { get; set; } = Site.DefaultMaxMessageLength;

    /// <summary>How large a file may be that somebody uploads.</summary>
    public int MaxUploadMegabytes { get; set; } = Site.DefaultMaxUploadMegabytes;

    /// <summary>After so many days entries of the audit trail go; null is never.</summary>
    public int? AuditDays { get; set; } = DefaultAuditDays;

    /// <summary>Whether administrators may let the world read rooms.</summary>
    public bool RoomsMayBePublic { get; set; }

    /// <summary>Whether this server looks at what is behind links, to show it below messages.</summary>
    public bool ShowsPreviews { get; set; } = true;

    /// <summary>WebP; null for none.</summary>
    public byte[]? Logo { get; set; }

    /// <summary>Names the logo by its content; null while there is none.</summary>
    public string? LogoVersion { get; set; }

    /// <summary>A style sheet of this site's own; empty for none.</summary>
    public string Style { get; set; } = "";
}
