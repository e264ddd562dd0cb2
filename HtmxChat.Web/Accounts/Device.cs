namespace HtmxChat.Web.Accounts;

/// <summary>What a browser calls itself, in words for people.</summary>
public static class Device
{
    // Nearly every browser names others as well, to be treated like them: the first that is found here is the one it is.
    static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Opera", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Vivaldi", "Vivaldi"),
        ("FxiOS", "Firefox"), ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("HeadlessChrome", "Chrome"), ("Chrome", "Chrome"), ("Chromium", "Chromium"),
        ("Epiphany", "Web"), ("Safari", "Safari"), ("w3m", "w3m"), ("Lynx", "Lynx"), ("Links", "Links"), ("curl", "curl"),
    ];

    static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Macintosh", "Mac"), ("Mac OS", "Mac"), ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"), ("Linux", "Linux"), ("X11", "Linux"),
    ];

    /// <summary>Browser and system, for example <c>Firefox on Linux</c>; what is not known is left out.</summary>
    /// <param name="userAgent">As RFC 9110, section 10.1.5, has it.</param>
    public static string Of(string userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        (null, { } system) => $"A browser on {system}",
        _ => "An unknown browser",
    };

    static string? Find((string Mark, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
