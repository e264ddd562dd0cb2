using System.Globalization;

namespace HtmxChat.Web.Accounts;

/// <summary>The clock that somebody lives by.</summary>
public sealed class Zone
{
    // Some hundred files are read for it, so not before somebody chooses.
    static readonly Lazy<IReadOnlyList<string>> AllNames = new(() => [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)
        .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);

    readonly TimeZoneInfo clock;

    Zone(string name, TimeZoneInfo clock) => (Name, this.clock) = (name, clock);

    /// <summary>Of people who have not said where they live.</summary>
    public static Zone Utc { get; } = new("", TimeZoneInfo.Utc);

    /// <summary>The names of all zones, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Names => AllNames.Value;

    /// <summary>An IANA name, for example <c>Europe/Berlin</c>; empty for <see cref="Utc"/>.</summary>
    public string Name { get; }

    /// <summary>The zone of a name; <see cref="Utc"/> when this machine knows none of that name.</summary>
    public static Zone Of(string? name) =>
        !string.IsNullOrEmpty(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var clock) ? new Zone(name, clock) : Utc;

    /// <summary>The zone that somebody chose; <see cref="Utc"/> when it is none of <see cref="Names"/>.</summary>
    public static Zone Chosen(string? name) => name is not null && Names.Contains(name) ? Of(name) : Utc;

    /// <summary>What people are told of whose clock it is, for example <c>the clock of Europe/Berlin</c>.</summary>
    public string Words => Name.Length == 0 ? "UTC" : $"the clock of {Name.Replace('_', ' ')}";

    /// <summary>What this clock shows at a moment.</summary>
    public DateTime LocalOf(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, clock).DateTime;

    /// <summary>The moment at which this clock shows a time. Where it shows it twice, the first; where it is put forward over it, the first moment after that.</summary>
    /// <param name="local">Of no zone, see <see cref="DateTimeKind.Unspecified"/>; not at the ends of time.</param>
    public DateTimeOffset MomentOf(DateTime local)
    {
        while (clock.IsInvalidTime(local)) local = local.AddMinutes(1);
        return new DateTimeOffset(local, clock.IsAmbiguousTime(local) ? clock.GetAmbiguousTimeOffsets(local).Max() : clock.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>A moment by this clock, for example <c>4 May 2026, 14:08</c>.</summary>
    public string Show(DateTimeOffset at) => Show(at, "d MMMM yyyy, HH:mm");

    /// <summary>The time of day, for example <c>14:08</c>.</summary>
    public string ShowTime(DateTimeOffset at) => Show(at, "HH:mm");

    string Show(DateTimeOffset at, string format) =>
        TimeZoneInfo.ConvertTime(at, clock).ToString(format, CultureInfo.InvariantCulture) + (this == Utc ? " UTC" : "");
}
