using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>
/// What a person's pages show in another way than everybody else's: a message is the same bytes for all, so a style sheet
/// for each person marks in it what they have pressed and what calls them. It holds nothing but their number.
/// </summary>
/// <remarks>
/// It is a file because the content security policy allows no style inside a page. An element says in <c>data-by</c> whose
/// press it has, and in <c>data-calls</c> whom it calls, <c>*</c> for everybody: numbers separated by spaces.
/// </remarks>
public static class MineStyle
{
    public const string Route = "/mine/{personId:long}.css";

    static readonly string Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet(0))))[..8];

    /// <summary>Where a person's sheet is. The address changes with what it says, so browsers keep it for ever.</summary>
    public static string PathOf(PersonId person) => $"/mine/{person}.css?v={Version}";

    public static IResult Get(long personId, HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text(Sheet(personId), "text/css");
    }

    // What I have written to everybody does not call me.
    static string Sheet(long person) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        [data-by~="{{person}}"]{--mine:var(--accent);font-weight:600}
        :is([data-calls~="{{person}}"],[data-calls~="*"]):not([data-author="{{person}}"],[aria-current]){background:color-mix(in srgb,var(--calls) 10%,var(--paper));box-shadow:inset 3px 0 var(--calls);outline:1px solid transparent;outline-offset:-1px}
        """);
}
