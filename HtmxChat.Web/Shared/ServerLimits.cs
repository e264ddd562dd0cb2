using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HtmxChat.Web.Shared;

/// <summary>What one request and one connection may cost. docs/operations.md lists these.</summary>
public static class ServerLimits
{
    const int MaxBodyBytes = 256 * 1024;

    // Of the longest form: one with a box for each of 500 people, and what else it has.
    const int MaxFields = 600;

    public static void Set(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = MaxBodyBytes;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);

        // Slower than any line that can show a page. What is streamed counts only while something of it waits to be sent.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));

        // A stream for each tab that lives on events, and the requests beside them.
        limits.Http2.MaxStreamsPerConnection = 100;

        // As many pages as there are files for: a number here would shut people out before the machine does.
        (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections) = (null, null);
    }

    public static IServiceCollection AddServerLimits(this IServiceCollection services) => services.Configure<FormOptions>(form =>
    {
        (form.ValueCountLimit, form.KeyLengthLimit) = (MaxFields, 200);
        form.ValueLengthLimit = MaxBodyBytes;
        (form.MultipartHeadersCountLimit, form.MultipartHeadersLengthLimit) = (8, 4 * 1024);
    });

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
