using Htmx;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Editing;

/// <summary>Where a message is given another text: a page of its own, or in the place of the line to write in.</summary>
[EnableRateLimiting(Limits.Edits)]
public sealed class EditModel(RoomDirectory rooms, ChangeMessage change) : MessagePageModel(rooms)
{
    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    /// <summary>When the text was last edited that is being edited, in milliseconds since 1970; 0 when it never was.</summary>
    [BindProperty(Name = "edited")]
    public long Edited { get; set; }

    public string? Problem { get; private set; }

    /// <summary>What the message says now, where somebody has edited it meanwhile.</summary>
    public string? NewText { get; private set; }

    public bool IsOwn => Message.Author.Id == Viewer.Id;

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        // A form that was refused before it was read has what was typed.
        (Text, Edited, Problem) = (Text ?? Message.Text, NowEdited, FormProblem.Of(HttpContext)?.Words);
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        var editedAt = Edited == 0 ? default(DateTimeOffset?) : DateTimeOffset.FromUnixTimeMilliseconds(Edited);
        switch (await change.EditAsync(Access, seq, Viewer, Text, editedAt, ct))
        {
            case ChangeOutcome.Changed: return Done();
            case ChangeOutcome.Refused(var why): return Refuse(why.Words);
            case ChangeOutcome.EditedMeanwhile:
                if (!await FindAsync(id, seq, ct)) return NotFound();
                (NewText, Edited) = (Message.Text, NowEdited);
                return Refuse("It was edited meanwhile. Your text is kept; saving it now takes the place of what it says.");
            default: return NotFound();
        }
    }

    long NowEdited => Message.EditedAt?.ToUnixTimeMilliseconds() ?? 0;

    Task<bool> FindAsync(long id, long seq, CancellationToken ct) => FindAsync(id, access => change.FindEditableAsync(access, seq, Viewer, ct), ct);

    IActionResult Done()
    {
        if (!IsForPart) return new SeeOther(BackToRoom);

        Response.Htmx(h => h.WithTrigger("chat:edited"));
        return new NoContentResult();
    }

    // htmx is told not to show what comes with an error, so that an error page never stands inside the room.
    IActionResult Refuse(string why)
    {
        ModelState.Clear();
        Problem = why;
        if (!IsForPart) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show();
    }

    IActionResult Show() => IsForPart ? Part("/Messages/Editing/_Editor.cshtml", this) : Page();
}
