using System.Globalization;
using System.Text.RegularExpressions;

namespace HtmxChat.Web.Live;

/// <summary>A style sheet of one rule. It is a file because the content security policy allows no style inside a page.</summary>
public static partial class SupersededStyle
{
    /// <param name="id">The changed element's id.</param>
    /// <param name="seq">The newest change; versions that say another number are hidden.</param>
    public static IResult Get(string id, long seq, HttpContext http)
    {
        if (!ElementId.IsMatch(id)) return Results.NotFound();

        http.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return Results.Text(string.Create(CultureInfo.InvariantCulture, $"#{id}:not([data-seq=\"{seq}\"]){{display:none}}"), "text/css");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,40}\z")]
    static partial Regex ElementId { get; }
}
