using System.IO.Compression;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace HtmxChat.Web.Shared;

/// <summary>A page with one large part that many pages share: the part stands ready, compressed too, and only the rest is rendered.</summary>
/// <param name="part">UTF-8, for the one place on the page that shows <see cref="Place"/>.</param>
/// <param name="compressed">The same, compressed when it is asked for.</param>
public sealed class AssembledPage(ReadOnlyMemory<byte> part, Func<GzipPart> compressed) : PageResult
{
    /// <summary>Stands for the part on the page.</summary>
    public static HtmlString Place { get; } = new("\uFFFE"); // no character, so nothing that is encoded for HTML has it

    const int UsualLength = 8 * 1024;

    static ReadOnlySpan<byte> PlaceInUtf8 => [0xEF, 0xBF, 0xBE];

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var body = response.Body;
        var page = new MemoryStream(UsualLength);
        response.Body = page;
        await base.ExecuteResultAsync(context);
        response.Body = body;

        var answer = AcceptsGzip(context.HttpContext.Request) ? Gzip(response, page) : Plain(page);
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        response.ContentLength = answer.Length;
        await body.WriteAsync(answer, context.HttpContext.RequestAborted);
    }

    byte[] Gzip(HttpResponse response, MemoryStream page)
    {
        Cut(page, out var before, out var after);
        var answer = GzipPart.Join(GzipPart.Of(before, CompressionLevel.Fastest), compressed(), GzipPart.Of(after, CompressionLevel.Fastest));
        response.Headers.ContentEncoding = "gzip";
        return answer;
    }

    // The response compression may still do what the browser asks for.
    byte[] Plain(MemoryStream page)
    {
        Cut(page, out var before, out var after);
        return [.. before, .. part.Span, .. after];
    }

    static void Cut(MemoryStream page, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> after)
    {
        var html = page.GetBuffer().AsSpan(0, (int)page.Length);
        var at = html.IndexOf(PlaceInUtf8);
        before = html[..at];
        after = html[(at + PlaceInUtf8.Length)..];
    }

    // RFC 9110, section 12.5.3.
    static bool AcceptsGzip(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var gzip = accepted.FirstOrDefault(e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase)) ?? accepted.FirstOrDefault(e => e.Value == "*");
        return gzip is not null && gzip.Quality is null or > 0;
    }
}
