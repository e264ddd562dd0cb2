using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>What stands above the line to write in while somebody answers a message. Without script the room's page has it, see <see cref="RoomPageModel.Reply"/>.</summary>
public static class ReplyFragment
{
    public static async Task<IResult> GetAsync(long id, long seq, HttpContext http, RoomDirectory rooms, MessageList messages, PartialRenderer partials, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), http.User.Viewer(), ct) is not { MayPost: true } access || await messages.FindShownAsync(access, seq, ct) is not { } message) return Results.NotFound();

        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(await partials.RenderAsync<Message?>("/Messages/Writing/_Answered.cshtml", message, ct), "text/html");
    }
}
