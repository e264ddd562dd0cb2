using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>Starts Firefox ESR (Debian's <c>firefox-esr</c>), headless, driven by Marionette.</summary>
public static partial class FirefoxBrowser
{
    /// <summary>Starts a Firefox with a fresh profile.</summary>
    public static Task<BrowserSession> StartAsync(Scripts scripts, CancellationToken ct) =>
        BrowserSession.StartAsync((process, c) => StartAsync(process, scripts, c), ct);

    static async Task<IDriver> StartAsync(ChildProcess process, Scripts scripts, CancellationToken ct)
    {
        await File.WriteAllTextAsync(Path.Combine(process.Home, "user.js"), Preferences(scripts), ct);
        process.Start(
            "firefox-esr",
            ["--marionette", "--headless", "--no-remote", "--profile", process.Home],
            ("MOZ_CRASHREPORTER_DISABLE", "1"));
        var port = await process.SaysAsync(ListeningPort(), ct);
        var capabilities = new JsonObject { ["pageLoadStrategy"] = WebDriver.PageLoadStrategy };
        return new WebDriver(await MarionetteTransport.OpenAsync(port, capabilities, ct));
    }

    /// <summary>Port 0: Firefox takes a free one and says which. Scope 0: it loads no add-ons, which saves 0.3 s.</summary>
    static string Preferences(Scripts scripts) =>
        $"""
        user_pref("marionette.port", 0);
        user_pref("extensions.enabledScopes", 0);
        user_pref("javascript.enabled", {(scripts == Scripts.On ? "true" : "false")});
        """;

    [GeneratedRegex(@"Marionette\s+INFO\s+Listening on port (\d+)")]
    private static partial Regex ListeningPort();
}
