using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>Answers with the picture of a message's preview to whoever may read the message.</summary>
public static class PreviewPicture
{
    /// <param name="v">Names the picture by its content.</param>
    public static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(long id, long seq, string? v, HttpContext http, RoomDirectory rooms, MessageList messages, PreviewStore previews, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), http.User.Viewer(), ct) is not { } access || await messages.FindShownAsync(access, seq, ct) is not { Preview.Picture: { } version } || version != v) return TypedResults.NotFound();
        if (await previews.FindPictureAsync(access.Room.Id, seq, version, ct) is not { } picture) return TypedResults.NotFound();

        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(picture, "image/webp", entityTag: new EntityTagHeaderValue($"\"{version}\""));
    }
}
