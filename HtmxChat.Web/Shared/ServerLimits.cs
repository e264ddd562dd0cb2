using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HtmxChat.Web.Shared;

/// <summary>What one request may cost.</summary>
public static class ServerLimits
{
    const long MaxBodyBytes = 256 * 1024;

    public static void Set(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
    }

    /// <summary>Refuses what says beforehand that it is too long, as every form does. Where a page takes more, its <c>RequestSizeLimit</c> says so.</summary>
    /// <remarks>Kestrel refuses it only where it is read. Model binding takes that for a form without fields, and the page answered 404.</remarks>
    public static void UseServerLimits(this WebApplication app) => app.Use((http, next) =>
    {
        var max = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? MaxBodyBytes;
        if (http.Request.ContentLength is null || http.Request.ContentLength <= max) return next(http);

        // The page that says so is asked for by the same request, and is not to look for a form in it.
        (http.Request.Body, http.Request.ContentLength, http.Request.ContentType) = (Stream.Null, null, null);
        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });
}
