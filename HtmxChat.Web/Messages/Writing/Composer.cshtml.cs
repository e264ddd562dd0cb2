using System.Globalization;
using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>The form alone, in a frame beside the streamed messages, for browsers without script: posting must not end the stream. And, for all, where what was just sent is taken back, and where what was typed is kept.</summary>
[MayBeFramed]
[DisableRateLimiting]
public sealed class ComposerModel(RoomDirectory rooms, MessageList messages, KeptDrafts drafts, PostMessage post, ChangeMessage change, IAntiforgery antiforgery) : RoomPageModel(rooms, messages, drafts, post, antiforgery)
{
    readonly IAntiforgery antiforgery = antiforgery;

    /// <summary>The message that was just sent, for it to be taken back; null when there is none.</summary>
    [BindProperty(Name = "sent", SupportsGet = true)]
    public long? Sent { get; set; }

    protected override string Action => $"/rooms/{Room.Id}/composer";

    protected override ComposerTools Tools => ComposerTools.ElsewhereOnly;

    /// <summary>Where a message is taken back.</summary>
    public static string TakeBackPath(RoomId room, long seq) => string.Create(CultureInfo.InvariantCulture, $"/rooms/{room.Value}/composer?handler=TakeBack&sent={seq}");

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await FindRoomAsync(id, ct)) return NotFound();

        await BringDraftAsync(thread: null, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct) =>
        await FindRoomAsync(id, ct)
            ? await PostAsync(sent => string.Create(CultureInfo.InvariantCulture, $"{Action}?sent={sent.Seq}"), () => Task.FromResult<IActionResult>(Page()), ct)
            : NotFound();

    /// <summary>Keeps what was typed, where no script does it by itself; the room shows it again.</summary>
    public async Task<IActionResult> OnPostDraftAsync(long id, CancellationToken ct)
    {
        if (!await FindRoomAsync(id, ct)) return NotFound();

        return await KeepDraftAsync(ct) is { } why ? Refuse(StatusCodes.Status422UnprocessableEntity, why) : new SeeOther($"/rooms/{Room.Id}");
    }

    /// <summary>Takes a message back that was just sent, and shows its text where it was typed.</summary>
    public async Task<IActionResult> OnPostTakeBackAsync(long id, CancellationToken ct)
    {
        if (!await FindRoomAsync(id, ct)) return NotFound();

        if (!await antiforgery.IsRequestValidAsync(HttpContext)) return Refuse(StatusCodes.Status422UnprocessableEntity, PostWords.FormTooOld);
        if (await change.TakeBackAsync(Access, Sent ?? 0, User.Viewer(), ct) is not ChangeOutcome.Changed(var message)) return Refuse(StatusCodes.Status409Conflict, PostWords.SentTooLongAgo);
        if (Request.IsHtmx()) return new NoContentResult();

        Sent = null;
        Form = Form with { Text = message.Text };
        return Page();
    }

    PageResult Refuse(int status, string why)
    {
        Sent = null;
        Response.StatusCode = status;
        Form = Form with { Problem = why };
        return Page();
    }
}
