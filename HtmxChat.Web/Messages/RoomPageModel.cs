using System.Text;
using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages;

/// <summary>What the room page and the frame with its form have in common: taking a message.</summary>
/// <remarks>The form's token is checked here, and how often by <see cref="PostRate"/>: over htmx, too, the text is kept and the reason said.</remarks>
[IgnoreAntiforgeryToken]
public abstract class RoomPageModel(RoomDirectory rooms, PostMessage post, IAntiforgery antiforgery) : PageModel
{
    [BindProperty(Name = "key")]
    public string? Key { get; set; }

    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    public RoomAccess Access { get; private set; } = null!;

    public Room Room => Access.Room;

    public ComposerForm Form { get; private set; } = null!;

    public PersonId Viewer => User.PersonId();

    /// <summary>Beside the room's name: whether anybody can read it.</summary>
    public HtmlString MarkAtName => Html(WorldMark.AtName(Room));

    /// <summary>The same where people write.</summary>
    public HtmlString NoteWhereOneWrites => Html(WorldMark.WhereOneWrites(Room));

    /// <summary>Where the form posts to.</summary>
    protected abstract string Action { get; }

    /// <summary>Finds the room; false when there is none for this person.</summary>
    protected async Task<bool> FindRoomAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { } access) return false;

        Access = access;
        Form = new ComposerForm(Action, Room.Name, ClientKey.New(), Problem: FormProblem.Of(HttpContext)?.Words);
        return true;
    }

    /// <summary>Takes the posted message. Through htmx the answer is in headers alone; a plain form gets a page.</summary>
    protected async Task<IActionResult> PostAsync(Func<Message, string> destination, Func<Task<IActionResult>> show, CancellationToken ct)
    {
        var outcome = await antiforgery.IsRequestValidAsync(HttpContext)
            ? await post.RunAsync(Access, Author.Of(User.Viewer()), Key, Text, ct)
            : new PostOutcome.FormTooOld();

        if (outcome is PostOutcome.Sent(var message))
        {
            if (!Request.IsHtmx()) return Redirect303(destination(message));
            Response.Htmx(h => h.WithTrigger("chat:ack", new { key = Key, seq = message.Seq }));
            return new NoContentResult();
        }

        var (status, trigger, why) = Describe(outcome);
        Response.StatusCode = status;
        if (Request.IsHtmx())
        {
            Response.Htmx(h => h.WithTrigger(trigger, new { key = Key, why }));
            return new EmptyResult();
        }

        ModelState.Clear();
        Form = Form with { Text = Text, Problem = why };
        return await show();
    }

    (int Status, string Trigger, string Why) Describe(PostOutcome outcome)
    {
        switch (outcome)
        {
            case PostOutcome.Refused(var why): return (StatusCodes.Status422UnprocessableEntity, "chat:refused", why.Words);
            // A new page has a new form; what the old one has not sent is in the browser's storage.
            case PostOutcome.FormTooOld: return (StatusCodes.Status422UnprocessableEntity, "chat:later", Request.IsHtmx() ? PostWords.PageTooOld : PostWords.FormTooOld);
            case PostOutcome.KeyUsedBefore: return (StatusCodes.Status409Conflict, "chat:refused", PostWords.KeyUsedBefore);
            case PostOutcome.NotStored:
                Response.Headers.RetryAfter = "5";
                return (StatusCodes.Status503ServiceUnavailable, "chat:later", PostWords.NotStored);
            case PostOutcome.TooFast(var wait):
                Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return (StatusCodes.Status429TooManyRequests, "chat:later", PostWords.TooFast(wait));
            default: throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }

    protected static HtmlString Html(OutsideElement element) => new(Encoding.UTF8.GetString(element.Html.Span));

    // See Other (RFC 9110, section 15.4.4): reload then repeats the page and not the post.
    StatusCodeResult Redirect303(string destination)
    {
        Response.Headers.Location = destination;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }
}
