using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HtmxChat.E2E.OtherBrowsers;

/// <summary>
/// Starts WebKitGTK's MiniBrowser (Debian's <c>webkit2gtk-driver</c>). With scripts it is driven by WebDriver. Without,
/// WebDriver's element commands never answer, as they are scripts themselves; so the inspector drives it then.
/// </summary>
public static partial class WebKitBrowser
{
    const string MiniBrowser = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

    /// <summary>Starts a MiniBrowser with a fresh profile on a display.</summary>
    /// <param name="site">Where it is going to go: the inspector stays behind with the first page when a site wants to be apart from it (COOP).</param>
    public static Task<BrowserSession> StartAsync(VirtualDisplay display, Scripts scripts, Uri site, CancellationToken ct) =>
        BrowserSession.StartAsync(
            (process, c) => scripts == Scripts.On
                ? StartWithScriptsAsync(process, display, c)
                : StartWithoutScriptsAsync(process, display, new Uri(site, "/health"), c),
            ct);

    static async Task<IDriver> StartWithScriptsAsync(ChildProcess process, VirtualDisplay display, CancellationToken ct)
    {
        var address = FreeAddress();
        process.Start("WebKitWebDriver", [$"--port={address.Port}"], Environment(display));
        await process.AnswersAsync(new Uri(address, "/status"), Anything(), ct);
        var automation = new JsonArray("--automation");
        var capabilities = new JsonObject
        {
            ["pageLoadStrategy"] = WebDriver.PageLoadStrategy,
            ["webkitgtk:browserOptions"] = new JsonObject { ["binary"] = MiniBrowser, ["args"] = automation },
        };
        return new WebDriver(await HttpTransport.OpenAsync(address, capabilities, ct));
    }

    static async Task<IDriver> StartWithoutScriptsAsync(ChildProcess process, VirtualDisplay display, Uri first, CancellationToken ct)
    {
        var address = FreeAddress();
        process.Start(
            MiniBrowser,
            ["--private", "--enable-javascript=false", "--enable-developer-extras=true", first.AbsoluteUri],
            [.. Environment(display), ("WEBKIT_INSPECTOR_HTTP_SERVER", address.Authority)]);
        await process.AnswersAsync(address, new Regex(Regex.Escape(first.Authority)), ct);
        var path = await process.AnswersAsync(address, InspectorPath(), ct);
        var socket = new UriBuilder(address) { Scheme = Uri.UriSchemeWs, Path = path };
        return new InspectorDriver(await InspectorConnection.OpenAsync(socket.Uri, ct));
    }

    /// <summary>The sandbox needs user namespaces, which root in a container does not have.</summary>
    static (string Name, string Value)[] Environment(VirtualDisplay display) =>
    [
        ("DISPLAY", display.Name),
        ("GDK_BACKEND", "x11"),
        ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1"),
    ];

    /// <summary>WebKit cannot choose a port and say which, so one is found here that was free a moment ago.</summary>
    static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    [GeneratedRegex("")]
    private static partial Regex Anything();

    [GeneratedRegex(@"/socket/\d+/\d+/WebPage")]
    private static partial Regex InspectorPath();
}
