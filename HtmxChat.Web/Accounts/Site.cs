using System.Security.Cryptography;
using System.Text;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>The site itself, once it has been set up.</summary>
/// <param name="Epoch">The life of this database.</param>
public sealed record Site(string Name, string Epoch)
{
    /// <summary>See <see cref="MaxMessageLength"/>, until an administrator says otherwise. It is also the most that can be set.</summary>
    public const int DefaultMaxMessageLength = 10_000;

    public Joining Joining { get; init; } = Joining.ByInvite;

    public RoomMakers RoomMakers { get; init; } = RoomMakers.Members;

    /// <summary>How long a message may be, in UTF-16 units.</summary>
    public int MaxMessageLength { get; init; } = DefaultMaxMessageLength;

    /// <summary>See <see cref="MaxUploadMegabytes"/>, until an administrator says otherwise. It is also the most that can be set.</summary>
    public const int DefaultMaxUploadMegabytes = PictureFile.MaxBytes / 1024 / 1024;

    /// <summary>How large a file may be that somebody uploads.</summary>
    public int MaxUploadMegabytes { get; init; } = DefaultMaxUploadMegabytes;

    /// <summary>The same in bytes.</summary>
    public long MaxUploadBytes => MaxUploadMegabytes * 1024L * 1024L;

    /// <summary>Whether administrators may let the world read rooms.</summary>
    public bool RoomsMayBePublic { get; init; }

    /// <summary>Whether this server looks at what is behind links, to show it below messages.</summary>
    public bool ShowsPreviews { get; init; } = true;

    /// <summary>Names the logo by its content; null while there is none.</summary>
    public string? LogoVersion { get; init; }

    /// <summary>Names what is in the site's own style sheet; null when it has none.</summary>
    public string? StyleVersion { get; init; }
}

/// <summary>Knows whether the site is set up, and how. Asked on every request, so the answer is kept for a while once there is one.</summary>
public sealed class SiteDirectory(SqlReader sql, Caches caches, TimeProvider time)
{
    static readonly TimeSpan KeepTime = TimeSpan.FromSeconds(2);

    volatile Kept? kept;

    // How often it was forgotten: what was being read meanwhile may be from before.
    long forgotten;

    sealed record Kept(Site Site, long At, long Forgotten);

    /// <summary>Null until somebody has set the site up.</summary>
    public async ValueTask<Site?> FindAsync(CancellationToken ct)
    {
        var asked = Volatile.Read(ref forgotten);
        if (caches.AreOn && kept is { } known && known.Forgotten == asked && time.GetElapsedTime(known.At) < KeepTime) return known.Site;

        var at = time.GetTimestamp();
        var found = await sql.AllAsync(
            "select name, epoch, joining, room_makers, max_message_length, style, max_upload_megabytes, logo_version, rooms_may_be_public, shows_previews from sites",
            row => new Site(row.GetString(0), row.GetString(1))
            {
                Joining = (Joining)row.GetInt32(2),
                RoomMakers = (RoomMakers)row.GetInt32(3),
                MaxMessageLength = row.GetInt32(4),
                StyleVersion = VersionOf(row.GetString(5)),
                MaxUploadMegabytes = row.GetInt32(6),
                LogoVersion = row.IsDBNull(7) ? null : row.GetString(7),
                RoomsMayBePublic = row.GetBoolean(8),
                ShowsPreviews = row.GetBoolean(9),
            }, ct);
        if (found is not [var site]) return null;

        kept = new Kept(site, at, asked);
        return site;
    }

    static string? VersionOf(string style) => style.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(style)))[..12];

    /// <summary>How long a message may be just now, in UTF-16 units.</summary>
    public async ValueTask<int> MaxMessageLengthAsync(CancellationToken ct) => (await FindAsync(ct))?.MaxMessageLength ?? Site.DefaultMaxMessageLength;

    /// <summary>Has the site read anew when it is next asked for: a setting was changed.</summary>
    public void Forget() => Interlocked.Increment(ref forgotten);

    /// <summary>The site, where it is certain that it has been set up.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public Site Current => kept?.Site ?? throw new InvalidOperationException("The site has not been set up yet.");
}
