using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>The fragment that takes the place of the link to older messages. Without script that link leads to a page instead.</summary>
public static class OlderMessages
{
    public static async Task<IResult> GetAsync(long id, long before, HttpContext http, RoomDirectory rooms, MessageList messages, MessageHtml html, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), http.User.Viewer(), ct) is not { } access) return Results.NotFound();

        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(await html.ListAsync(await messages.BeforeAsync(access.Room.Id, before, access.FromSeq, ct), ct), "text/html; charset=utf-8");
    }
}
