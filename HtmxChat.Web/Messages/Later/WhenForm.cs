using System.Globalization;
using HtmxChat.Web.Accounts;

namespace HtmxChat.Web.Messages.Later;

/// <summary>The part of a form that asks when.</summary>
/// <param name="At">What stands in the field for a time.</param>
/// <param name="Zone">Of whoever is asked.</param>
/// <param name="Does">What the button beside that field does.</param>
public sealed record WhenForm(string At, Zone Zone, DateTimeOffset Now, string Does)
{
    /// <summary>Why what was chosen cannot be taken; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The first time that can be given.</summary>
    public string First => Shown(Now.AddMinutes(1));

    /// <summary>The last.</summary>
    public string Last => Shown(Now + DueTime.Furthest);

    /// <summary>With a time in it.</summary>
    public static WhenForm For(DateTimeOffset at, Zone zone, DateTimeOffset now, string does) => new("", zone, now, does) { At = zone.LocalOf(at).ToString(DueTime.Format, CultureInfo.InvariantCulture) };

    string Shown(DateTimeOffset at) => Zone.LocalOf(at).ToString(DueTime.Format, CultureInfo.InvariantCulture);
}
