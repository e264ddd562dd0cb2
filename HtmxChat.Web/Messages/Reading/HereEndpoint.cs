using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;

namespace HtmxChat.Web.Messages.Reading;

/// <summary>Where a page without a WebSocket says whether somebody looks at it: <c>POST /rooms/{id}/here</c> with <c>here</c>, <c>page</c>, what it calls itself, and <c>at</c>, its position, up to which somebody has looked at it; with <c>back</c> where they have come back to it.</summary>
public sealed class HereEndpoint(RoomDirectory rooms, WatchedPages watched, IAntiforgery antiforgery)
{
    /// <summary>Has to be said again within this time: a computer that has gone to sleep does not say that it has.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(45);

    /// <summary>Answers 204; 400 without a token, 404 without a room that the person may read.</summary>
    public async Task<IResult> PostAsync(HttpContext http, RoomId id)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        if (await rooms.FindAsync(id, http.User.Viewer(), http.RequestAborted) is null) return Results.NotFound();

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var isHere = form["here"] == "true";
        watched.Say(http.User.Session(), id, WatchedPages.ParseName(form["page"]), isHere ? Lasts : TimeSpan.Zero);

        // The page's stream may come from another node, and the word to that one be lost.
        if (isHere && form["back"] == "true") await watched.ComesToAsync(http.User.PersonId(), id, form["at"], http.RequestAborted);
        else await watched.ReadToAsync(http.User.PersonId(), id, form["at"], http.RequestAborted);
        return Results.NoContent();
    }
}
