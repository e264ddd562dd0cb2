using System.Security.Cryptography;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Admin;

/// <summary>The picture in place of the site's name beside the rooms: uploaded, shown, removed.</summary>
public sealed class SiteLogo(Pictures pictures, GroupCommit writes, SiteDirectory sites, AuditTrail audit)
{
    /// <returns>Why it cannot be taken; null when it is done.</returns>
    public async Task<Refusal?> SetAsync(PersonId by, byte[] upload, CancellationToken ct)
    {
        var (content, refusal) = await pictures.ReadLogoAsync(upload, ct);
        if (content is null) return refusal;

        await StoreAsync(by, content, ct);
        return null;
    }

    public Task RemoveAsync(PersonId by, CancellationToken ct) => StoreAsync(by, content: null, ct);

    /// <summary>Answers with the logo as it is now. Its address names it, so browsers may keep it.</summary>
    public static async Task<IResult> GetAsync(string? v, HttpContext http, SqlReader sql, CancellationToken ct)
    {
        var found = await sql.AllAsync("select logo, logo_version from sites where logo is not null", row => (Content: row.GetFieldValue<byte[]>(0), Version: row.GetString(1)), ct);
        if (found is not [var logo]) return Results.NotFound();

        http.Response.Headers.CacheControl = v == logo.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(logo.Content, "image/webp");
    }

    async Task StoreAsync(PersonId by, byte[]? content, CancellationToken ct)
    {
        var note = audit.Adding(new AuditAct(AuditKind.SettingsChanged, by, About: "logo"));
        var version = content is null ? null : Convert.ToHexStringLower(SHA256.HashData(content))[..12];
        await writes.WriteAsync(session =>
        {
            session.Execute("update sites set logo = @logo, logo_version = @version", ("@logo", content), ("@version", version));
            note(session);
            return true;
        }, ct);
        sites.Forget();
    }
}
