namespace HtmxChat.Tests.Shared;

/// <summary>What every answer has to say to a browser, whatever else it is.</summary>
static class ExpectedHeaders
{
    const string WithoutScript = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    const string WithScript = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    const string Framed = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    // Whatever of these a page could ask for, it would be by somebody else's script.
    static readonly string[] Forbidden = ["camera", "microphone", "display-capture", "geolocation", "payment", "usb", "serial", "hid", "midi", "storage-access", "idle-detection", "local-fonts", "fullscreen"];

    public static void AreIn(Func<string, string?> header) => AreIn(header, Framing.None);

    /// <param name="framing">Whether it is one of the few that this site's own pages show in a frame.</param>
    public static void AreIn(Func<string, string?> header, Framing framing) => Assert.Multiple(
        () => Assert.Contains(header("Content-Security-Policy"), framing == Framing.ByOwnPages ? [Framed] : (string[])[WithScript, WithoutScript]),
        () => Assert.Equal(framing == Framing.ByOwnPages ? "SAMEORIGIN" : "DENY", header("X-Frame-Options")),
        () => Assert.Equal("nosniff", header("X-Content-Type-Options")),
        () => Assert.Contains(header("Referrer-Policy"), (string[])["same-origin", "no-referrer"]),
        () => Assert.Equal("same-origin", header("Cross-Origin-Opener-Policy")),
        () => Assert.Equal("same-origin", header("Cross-Origin-Resource-Policy")),
        () => Assert.Superset(Forbidden.Select(f => $"{f}=()").ToHashSet(), (header("Permissions-Policy") ?? "").Split(", ").ToHashSet()),
        () => Assert.All((header("Permissions-Policy") ?? "").Split(", "), feature => Assert.EndsWith("=()", feature, StringComparison.Ordinal)),
        () => Assert.Null(header("Server")));

    public enum Framing
    {
        None,
        ByOwnPages,
    }
}
