using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>
/// Where a page without a WebSocket, and one that is left, has what was typed kept: <c>POST /rooms/{id}/draft</c> with <c>draft</c>,
/// <c>was</c>, what it had kept before, <c>key</c>, <c>reply</c> and <c>thread</c>, as over a WebSocket.
/// </summary>
public sealed class DraftEndpoint(RoomDirectory rooms, KeptDrafts drafts, IAntiforgery antiforgery)
{
    /// <summary>Answers 204; 400 without a token, 404 without a room that the person may read, 422 for what is not kept.</summary>
    public async Task<IResult> PostAsync(HttpContext http, RoomId id)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        if (await rooms.FindAsync(id, http.User.Viewer(), http.RequestAborted) is null) return Results.NotFound();

        var form = await http.Request.ReadFormAsync(http.RequestAborted);

        // Also when whoever has sent it is gone by now.
        var draft = new PostForm(form["key"], form["draft"], form["reply"]) { Thread = form["thread"], Kept = form["was"] };
        return await drafts.SaveAsync(http.User.PersonId(), id, draft, CancellationToken.None) ? Results.NoContent() : Results.UnprocessableEntity();
    }
}
