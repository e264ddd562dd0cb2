using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Forwarding;

/// <summary>Where a message is passed on to another room, or to the same one once more.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class ForwardModel(RoomDirectory rooms, MessageList messages, PostMessage post) : MessagePageModel(rooms)
{
    readonly RoomDirectory rooms = rooms;

    /// <summary>The number of the room that it goes to.</summary>
    [BindProperty(Name = "to")]
    public long To { get; set; }

    /// <summary>What is said to it, which may be nothing.</summary>
    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    /// <summary>What makes sending it twice harmless.</summary>
    [BindProperty(Name = "key")]
    public string? Key { get; set; }

    /// <summary>Where this person may write.</summary>
    public List<Room> Rooms { get; } = [];

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        Problem = FormProblem.Of(HttpContext)?.Words;
        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();
        if (await rooms.FindAsync(new RoomId(To), Viewer, ct) is not { } target) return await RefuseAsync(StatusCodes.Status422UnprocessableEntity, "Please choose a room.", ct);

        switch (await post.RunAsync(target, Author.Of(Viewer), new PostForm(Key, Text) { Forwards = Message }, ct))
        {
            case PostOutcome.Sent(var sent): return new SeeOther($"/rooms/{To}#{sent.ElementId}");
            case PostOutcome.Refused(var why): return await RefuseAsync(StatusCodes.Status422UnprocessableEntity, why.Words, ct);
            case PostOutcome.TooFast(var wait): return await RefuseAsync(StatusCodes.Status429TooManyRequests, PostWords.TooFast(wait), ct);
            case PostOutcome.KeyUsedBefore: return await RefuseAsync(StatusCodes.Status409Conflict, PostWords.KeyUsedBefore, ct);
            default: return await RefuseAsync(StatusCodes.Status503ServiceUnavailable, PostWords.NotStored, ct);
        }
    }

    Task<bool> FindAsync(long id, long seq, CancellationToken ct) => FindAsync(id, access => messages.FindShownAsync(access, seq, ct), ct);

    Task<IActionResult> RefuseAsync(int status, string why, CancellationToken ct)
    {
        ModelState.Clear();
        (Response.StatusCode, Problem) = (status, why);
        return ShowAsync(ct);
    }

    // What was sent under a key and changed since is another message.
    async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        Key = ClientKey.New().Text;
        foreach (var listed in await rooms.ListAllAsync(Viewer.Id, ct))
        {
            if (await rooms.FindAsync(listed.Room.Id, Viewer, ct) is { MayPost: true }) Rooms.Add(listed.Room);
        }
        return Page();
    }
}
