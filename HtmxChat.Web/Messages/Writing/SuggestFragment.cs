using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>The list that opens while somebody types what may be a handle or a command. Without script one types it oneself.</summary>
public static class SuggestFragment
{
    /// <param name="q">What was typed, from its sign on.</param>
    public static async Task<IResult> GetAsync(long id, string? q, HttpContext http, RoomDirectory rooms, Suggestions suggestions, PartialRenderer partials, CancellationToken ct)
    {
        var viewer = http.User.Viewer();
        if (await rooms.FindAsync(new RoomId(id), viewer, ct) is not { } access) return Results.NotFound();

        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(await partials.RenderAsync("/Messages/Writing/_Suggestions.cshtml", await suggestions.FindAsync(access, viewer.Id, q, ct), ct), "text/html");
    }
}
