using System.Globalization;
using System.Text;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Admin;

/// <summary>
/// A style sheet of the site's own, which every page loads after the site's, but for those by which one signs in or
/// looks after the site: whatever is wrong with it can be mended there. One that exists is valid.
/// </summary>
/// <remarks>The content security policy keeps it from loading anything from elsewhere.</remarks>
public sealed record SiteStyle
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxLength = 20_000;

    SiteStyle(string text) => Text = text;

    /// <summary>Empty for none.</summary>
    public string Text { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static SiteStyle? Parse(string? text, out Refusal? refusal)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t') clean.Append(rune);
        }
        refusal = clean.Length > MaxLength ? new(string.Create(CultureInfo.InvariantCulture, $"That is {clean.Length:N0} characters; please use at most {MaxLength:N0}.")) : null;
        return refusal is null ? new SiteStyle(clean.ToString().Trim()) : null;
    }

    /// <summary>Answers with the style sheet as it is now. Its address names what is in it, so browsers may keep it.</summary>
    public static async Task<IResult> GetAsync(string? v, HttpContext http, SiteDirectory sites, SqlReader sql, CancellationToken ct)
    {
        var site = await sites.FindAsync(ct);
        if (site?.StyleVersion is not { } version) return Results.NotFound();

        http.Response.Headers.CacheControl = v == version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Text((await sql.AllAsync("select style from sites", row => row.GetString(0), ct)).Single(), "text/css", Encoding.UTF8);
    }
}
