namespace HtmxChat.Web.Shared;

/// <summary>
/// Whether a request comes from one of this site's own pages. Browsers send cookies with a WebSocket's handshake from any
/// site, so without this another site's page could read and write as the person (RFC 6455, section 10.2).
/// </summary>
public static class SameOrigin
{
    /// <summary>
    /// Host and port must be those that the request was sent to. So must the scheme where the request came over TLS;
    /// otherwise a proxy that is not named may have ended it.
    /// </summary>
    public static bool Allows(HttpRequest request) =>
        request.Headers.Origin is [{ } sent]
        && Uri.TryCreate(sent, UriKind.Absolute, out var origin)
        && $"{origin.Scheme}://{origin.Authority}".Equals(sent, StringComparison.OrdinalIgnoreCase)
        && (origin.Scheme == Uri.UriSchemeHttps || (origin.Scheme == Uri.UriSchemeHttp && !request.IsHttps))
        && string.Equals(origin.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && origin.Port == (request.Host.Port ?? (origin.Scheme == Uri.UriSchemeHttps ? 443 : 80));

    /// <summary>
    /// Refuses what may change something when it says that it comes from elsewhere. Browsers that say nothing, such as
    /// those for text, are held to the form's token alone; a handshake has none, and has to say it.
    /// </summary>
    public static void UseSameOrigin(this WebApplication app) => app.Use((http, next) =>
    {
        if (IsSafe(http.Request.Method) || http.Request.Headers.Origin.Count == 0 || ProblemPages.IsOne(http) || Allows(http.Request)) return next(http);

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    /// <summary>Whether a method asks for nothing to be changed (RFC 9110, section 9.2.1). CONNECT is a handshake, which asks for itself.</summary>
    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method) || HttpMethods.IsConnect(method);
}
