using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>Where a page without a WebSocket says that its person types: <c>POST /rooms/{id}/typing</c> with <c>typing</c>.</summary>
public sealed class TypingEndpoint(RoomDirectory rooms, Typing typing, IAntiforgery antiforgery)
{
    /// <summary>Answers 204; 400 without a token, 404 without a room that the person may read.</summary>
    public async Task<IResult> PostAsync(HttpContext http, RoomId id)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        if (await rooms.FindAsync(id, http.User.Viewer(), http.RequestAborted) is not { } access) return Results.NotFound();

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        typing.Note(access, http.User.Viewer(), form["typing"] == "true");
        return Results.NoContent();
    }
}
