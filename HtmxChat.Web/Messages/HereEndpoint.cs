using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;

namespace HtmxChat.Web.Messages;

/// <summary>Where a page without a WebSocket says whether somebody looks at it: <c>POST /rooms/{id}/here</c> with <c>here</c>, <c>page</c>, what it calls itself, and <c>at</c>, its position.</summary>
public sealed class HereEndpoint(RoomDirectory rooms, RoomLogs logs, WatchedPages watched, Unread unread, IAntiforgery antiforgery)
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
        if (isHere && Position.Parse(form["at"]) is { } at)
        {
            var newest = (await logs.OpenAsync(id, http.RequestAborted)).Heartbeat().Position;
            if (at.Epoch == newest.Epoch) unread.HasRead(http.User.PersonId(), id, Math.Min(at.Seq, newest.Seq));
        }
        return Results.NoContent();
    }
}
