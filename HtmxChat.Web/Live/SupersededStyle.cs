using System.Globalization;
using System.Text.RegularExpressions;

namespace HtmxChat.Web.Live;

/// <summary>A style sheet about one element. It is a file because the content security policy allows no style inside a page.</summary>
public static partial class SupersededStyle
{
    /// <param name="id">The changed element's id.</param>
    /// <param name="seq">The newest change; versions that say another number are hidden.</param>
    public static IResult Get(string id, long seq, HttpContext http)
    {
        if (!ElementId.IsMatch(id)) return Results.NotFound();

        http.Response.Headers.CacheControl = "private, max-age=86400, immutable";

        // The sheet of an earlier change, which is on the page still, hides this version with the others.
        var newest = string.Create(CultureInfo.InvariantCulture, $"[data-seq=\"{seq}\"]");
        return Results.Text($"#{id}:not({newest}){{display:none}}#{id}{newest}{{display:revert}}", "text/css");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,40}\z")]
    static partial Regex ElementId { get; }
}
