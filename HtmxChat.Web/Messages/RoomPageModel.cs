using System.Globalization;
using System.Text;
using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Live;
using HtmxChat.Web.Messages.Commands;
using HtmxChat.Web.Messages.Writing;
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
public abstract class RoomPageModel(RoomDirectory rooms, MessageList messages, KeptDrafts drafts, PostMessage post, IAntiforgery antiforgery) : PageModel
{
    [BindProperty(Name = "key")]
    public string? Key { get; set; }

    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    /// <summary>The number of the message that is answered; null or empty when none is.</summary>
    [BindProperty(Name = "reply", SupportsGet = true)]
    public string? Reply { get; set; }

    /// <summary>What came of the command that was sent before, see <see cref="CommandAnswer.Code"/>; null when none was.</summary>
    [BindProperty(Name = "told", SupportsGet = true)]
    public string? AnswerCode { get; set; }

    /// <summary>The number of the message whose thread it goes into; null or empty when it goes into none.</summary>
    [BindProperty(Name = "thread")]
    public string? Thread { get; set; }

    /// <summary>Whether the room is to show it too; null or empty when not.</summary>
    [BindProperty(Name = "also")]
    public string? Also { get; set; }

    /// <summary>What the page had kept of the text before; null or empty when nothing.</summary>
    [BindProperty(Name = "kept")]
    public string? Kept { get; set; }

    public RoomAccess Access { get; private set; } = null!;

    public Room Room => Access.Room;

    public ComposerForm Form { get; protected set; } = null!;

    public PersonId Viewer => User.PersonId();

    /// <summary>Beside the room's name: whether anybody can read it.</summary>
    public HtmlString MarkAtName => Html(WorldMark.AtName(Room));

    /// <summary>The same where people write.</summary>
    public HtmlString NoteWhereOneWrites => Html(WorldMark.WhereOneWrites(Room));

    /// <summary>Where the form posts to.</summary>
    protected abstract string Action { get; }

    /// <summary>How the form offers what else can be done with the text.</summary>
    protected virtual ComposerTools Tools => ComposerTools.Menu;

    /// <summary>Finds the room; false when there is none for this person.</summary>
    protected async Task<bool> FindRoomAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { } access) return false;

        Access = access;
        Form = new ComposerForm(Action, Room.Id, Room.Name, ClientKey.New(), Problem: FormProblem.Of(HttpContext)?.Words) { Answered = await AnsweredAsync(ct), Tools = Tools, Notice = HttpMethods.IsPost(Request.Method) ? null : CommandAnswer.Parse(AnswerCode)?.Words };
        return true;
    }

    /// <summary>Takes the posted message. Through htmx the answer is in headers alone; a plain form gets a page.</summary>
    protected async Task<IActionResult> PostAsync(Func<Message, string> destination, Func<Task<IActionResult>> show, CancellationToken ct)
    {
        var outcome = await antiforgery.IsRequestValidAsync(HttpContext)
            ? await post.RunAsync(Access, Author.Of(User.Viewer()), new PostForm(Key, Text, Reply) { Thread = Thread, Also = Also, Kept = Kept }, ct)
            : new PostOutcome.FormTooOld();

        if (outcome is PostOutcome.Sent(var message))
        {
            if (!Request.IsHtmx()) return new SeeOther(destination(message));
            Response.Htmx(h => h.WithTrigger("chat:ack", new { key = Key, seq = message.Seq }));
            return new NoContentResult();
        }

        if (outcome is PostOutcome.Told(var answer))
        {
            if (!Request.IsHtmx()) return new SeeOther($"{Action}?told={answer.Code}");
            Response.Htmx(h => h.WithTrigger("chat:said", new { key = Key, why = answer.Words }));
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
        Form = Form with { Text = Text, Kept = Kept, Problem = why };
        return await show();
    }

    /// <summary>Keeps what was typed, where no script does it by itself.</summary>
    /// <returns>Why not, with the text still in the form; null when it is kept.</returns>
    protected async Task<string?> KeepDraftAsync(CancellationToken ct)
    {
        ModelState.Clear();
        Form = Form with { Text = Text, Kept = Kept };
        if (!await antiforgery.IsRequestValidAsync(HttpContext)) return PostWords.FormTooOld;
        return await drafts.SaveAsync(Viewer, Room.Id, new PostForm(Key, Text, Reply) { Thread = Thread, Kept = Kept }, ct) ? null : PostWords.NotKept;
    }

    /// <summary>Puts what the person has typed here before, and not sent, into the form; what it answers too, unless the page was asked to answer something.</summary>
    /// <param name="thread">The number of the message that the thread began with that the form is for; null is the room itself.</param>
    protected async Task BringDraftAsync(long? thread, CancellationToken ct)
    {
        if (Form.Text is not null || !Access.MayPost || await drafts.FindAsync(Viewer, Room.Id, thread, ct) is not { } draft) return;

        Form = Form with { Text = draft.Text, Kept = draft.Text };
        if (Reply is null && draft.Reply is { } seq) Form = Form with { Answered = await messages.FindShownAsync(Access, seq, ct) };
    }

    // Of what is not there any more there is nothing to show, and the form is without it.
    async Task<Message?> AnsweredAsync(CancellationToken ct) =>
        long.TryParse(Reply, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? await messages.FindShownAsync(Access, seq, ct) : null;

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
                Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return (StatusCodes.Status429TooManyRequests, "chat:later", PostWords.TooFast(wait));
            default: throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }

    protected static HtmlString Html(OutsideElement element) => new(Encoding.UTF8.GetString(element.Html.Span));
}
