using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace HtmxChat.Web.Shared;

/// <summary>
/// How the world is answered: whoever asks gets the same bytes, without script or cookie. They may be kept for a moment, and are then asked for
/// again by their tag. We ourselves keep nothing: what was removed is in none of our answers from then on.
/// </summary>
static class WorldAnswer
{
    const int UsualLength = 16 * 1024;

    // A cookie is what makes another page of the same address.
    const string ForAWhile = "public, max-age=10";

    /// <param name="render">Writes the page into the response.</param>
    public static async Task WriteAsync(ActionContext context, Func<ActionContext, Task> render)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var body = response.Body;
        var page = new MemoryStream(UsualLength);
        response.Body = page;
        try
        {
            await render(context);
        }
        finally
        {
            response.Body = body;
        }

        var content = page.GetBuffer().AsMemory(0, (int)page.Length);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content.Span))[..16]}\"", isWeak: true);
        response.Headers.Remove(SecurityHeaders.Robots);
        response.Headers.ContentSecurityPolicy = SecurityHeaders.WithoutScript;
        (response.Headers.CacheControl, response.Headers.ETag) = (ForAWhile, tag.ToString());
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Cookie);
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        await body.WriteAsync(content, context.HttpContext.RequestAborted);
    }
}
