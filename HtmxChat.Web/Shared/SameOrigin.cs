namespace HtmxChat.Web.Shared;

/// <summary>
/// Whether a WebSocket handshake comes from one of this site's own pages. Browsers send cookies with a handshake from
/// any site, so without this another site's page could read and write as the person (RFC 6455, section 10.2).
/// </summary>
public static class SameOrigin
{
    /// <summary>Host and port must be those that the request was sent to; the scheme may differ, because a proxy may have ended TLS.</summary>
    public static bool Allows(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
        && string.Equals(origin.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && origin.Port == (request.Host.Port ?? (origin.Scheme == Uri.UriSchemeHttps ? 443 : 80));
}
