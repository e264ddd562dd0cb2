using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;

namespace HtmxChat.Web.Shared;

/// <summary>Headers that every answer carries: what a browser may do with it, and who may keep it.</summary>
public static class SecurityHeaders
{
    // Nothing inline anywhere, and frames only of our own pages.
    internal const string WithoutScript =
        "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    const string WithScript =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    const string Framed = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    const string OfFile = "default-src 'none'; frame-ancestors 'none'";

    // Whatever browsers have that no page here uses. What they do not know they complain about, so this is not a list of all.
    const string NothingElse =
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), " +
        "gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), " +
        "serial=(), storage-access=(), sync-xhr=(), usb=(), window-management=(), xr-spatial-tracking=()";

    internal const string Robots = "X-Robots-Tag";

    const string OneYear = "max-age=31536000";

    /// <remarks>Stands after routing: what may be framed is known by its endpoint.</remarks>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers[Robots] = "noindex"; // what is for the world says otherwise itself
        if (http.Request.IsHttps) headers.StrictTransportSecurity = OneYear;

        var endpoint = http.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) headers.ContentSecurityPolicy = OfFile;
        else SetForPages(http, headers, isFramed: endpoint?.Metadata.GetMetadata<MayBeFramedAttribute>() is not null);
        return next(http);
    });

    static void SetForPages(HttpContext http, IHeaderDictionary headers, bool isFramed)
    {
        headers.ContentSecurityPolicy = isFramed ? Framed : http.SendsScripts() ? WithScript : WithoutScript;
        headers.XFrameOptions = isFramed ? "SAMEORIGIN" : "DENY";
        headers["Permissions-Policy"] = NothingElse;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, no-store"; // as a page with a form has it
    }
}
