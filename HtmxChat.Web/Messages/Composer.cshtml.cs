using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages;

/// <summary>The form alone, in a frame beside the streamed messages, for browsers without script: posting must not end the stream.</summary>
[MayBeFramed]
[DisableRateLimiting]
public sealed class ComposerModel(RoomDirectory rooms, PostMessage post, IAntiforgery antiforgery) : RoomPageModel(rooms, post, antiforgery)
{
    protected override string Action => $"/rooms/{Room.Id}/composer";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindRoomAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct) =>
        await FindRoomAsync(id, ct)
            ? await PostAsync(_ => Action, () => Task.FromResult<IActionResult>(Page()), ct)
            : NotFound();
}
