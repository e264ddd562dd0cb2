using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages;

/// <summary>A message as it was typed, to be copied.</summary>
public static class MessageSource
{
    public static async Task<IResult> GetAsync(long id, long seq, HttpContext http, RoomDirectory rooms, MessageList messages, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), http.User.Viewer(), ct) is not { } access || await messages.FindShownAsync(access, seq, ct) is not { } message) return Results.NotFound();

        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(message.Text);
    }
}
