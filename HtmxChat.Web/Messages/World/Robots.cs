using System.Globalization;
using System.Security;
using System.Text;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Messages.World;

/// <summary>What search engines are told: to keep away (RFC 9309), but for public rooms, which they find by a list of all their pages (sitemaps.org, version 0.9).</summary>
public sealed class Robots(RoomDirectory rooms, SqlReader sql)
{
    /// <summary>As many pages are listed, where the protocol allows 50,000: the newest of each room, and its room's own before all.</summary>
    public const int MaxPages = 20_000;

    const string ForAWhile = "public, max-age=60";

    /// <summary>Answers <c>/robots.txt</c>.</summary>
    public async Task<IResult> RulesAsync(HttpContext http, CancellationToken ct)
    {
        var found = await rooms.PublicAsync(ct);
        var rules = new StringBuilder("User-agent: *\n");
        if (found.Count > 0)
        {
            foreach (var path in new[] { "/public$", "/css/", "/icon", "/site.css", "/logo" }) rules.Append(CultureInfo.InvariantCulture, $"Allow: {path}\n");
            foreach (var room in found) rules.Append(CultureInfo.InvariantCulture, $"Allow: /rooms/{room.Id}$\nAllow: /rooms/{room.Id}?before=\nAllow: /rooms/{room.Id}/messages/\n");
        }
        rules.Append("Disallow: /\n");
        if (found.Count > 0) rules.Append(CultureInfo.InvariantCulture, $"Sitemap: {SiteOf(http)}/sitemap.xml\n");

        http.Response.Headers.CacheControl = ForAWhile;
        return Results.Text(rules.ToString());
    }

    /// <summary>Answers <c>/sitemap.xml</c>; 404 while no room is public.</summary>
    public async Task<IResult> PagesAsync(HttpContext http, CancellationToken ct)
    {
        var found = await rooms.PublicAsync(ct);
        if (found.Count == 0) return Results.NotFound();

        var ends = await EndsAsync(found, ct);
        var pages = found.Select(r => $"/rooms/{r.Id}").Prepend("/public").Concat(ends.SelectMany(e => WorldStretch.Pages(e.Room, e.Oldest, e.Newest))).Take(MaxPages);
        var map = new StringBuilder("""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">""");
        foreach (var page in pages) map.Append(CultureInfo.InvariantCulture, $"<url><loc>{SecurityElement.Escape(SiteOf(http))}{page}</loc></url>");
        map.Append("</urlset>");

        http.Response.Headers.CacheControl = ForAWhile;
        return Results.Text(map.ToString(), "application/xml");
    }

    // Two looks into the index a room, however long it is.
    Task<List<(RoomId Room, long Oldest, long Newest)>> EndsAsync(List<Room> rooms, CancellationToken ct)
    {
        const string Seq = "(select m.seq from messages m where m.room_id = r.id and m.seq >= r.world_from_seq and (m.thread_seq is null or m.is_in_room_too) order by m.seq";
        return sql.AllAsync(
            $"select * from (select r.id, {Seq} limit 1) as oldest, {Seq} desc limit 1) as newest from rooms r where r.id in ({string.Join(',', rooms.Select(r => r.Id))})) ends where oldest is not null",
            row => (new RoomId(row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2)), ct);
    }

    static string SiteOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";
}
