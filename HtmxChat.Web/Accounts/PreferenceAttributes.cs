using Microsoft.AspNetCore.Html;

namespace HtmxChat.Web.Accounts;

/// <summary>What the style sheet and the scripts are told of how a person likes to have things, on the page's html element: what is not as usual.</summary>
public static class PreferenceAttributes
{
    /// <summary>Each with a space before it.</summary>
    public static HtmlString Html(this Preferences preferences) => new(string.Concat(All(preferences)));

    // Their values are words of ours.
    static IEnumerable<string> All(Preferences preferences)
    {
        if (preferences.Theme != Theme.System) yield return Attribute("theme", preferences.Theme);
        if (preferences.Density != Density.Comfortable) yield return Attribute("density", preferences.Density);
        if (preferences.TimeFormat != TimeFormat.Browser) yield return preferences.TimeFormat == TimeFormat.Hours24 ? " data-clock=\"h23\"" : " data-clock=\"h12\"";
        if (preferences.Motion != Motion.System) yield return Attribute("motion", preferences.Motion);
        if (preferences.Announcements != Announcements.All) yield return Attribute("announces", preferences.Announcements);
        if (preferences.Sounds != Sounds.Off) yield return Attribute("sounds", preferences.Sounds);
        if (!preferences.SharesTyping) yield return " data-typing=\"off\"";
        if (!preferences.ShowsPreviews) yield return " data-previews=\"off\"";
    }

    static string Attribute(string name, Enum value) => $" data-{name}=\"{value.ToString().ToLowerInvariant()}\"";
}
