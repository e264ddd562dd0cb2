using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Commands;
using HtmxChat.Web.Messages.Markup;
using HtmxChat.Web.Messages.Mentions;
using HtmxChat.Web.Rooms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages.Writing;

/// <summary>
/// How what was typed will look, and the form again to go on. Without script, and in the frame, it is also the page where the form's tools are
/// (see <see cref="ComposerTools"/>); for htmx it is a part of the room's page.
/// </summary>
public sealed class PreviewModel(RoomDirectory rooms, MessageList messages, KeptDrafts drafts, PostMessage post, SiteDirectory sites, IAntiforgery antiforgery) : RoomPageModel(rooms, messages, drafts, post, antiforgery)
{
    readonly IAntiforgery antiforgery = antiforgery;

    /// <summary>The text as a message shows it; null when there is none to be shown.</summary>
    public FormattedText? Shown { get; private set; }

    /// <summary>Whether htmx asks, for a part of the page that is open.</summary>
    public bool IsForPart => Request.IsHtmx();

    protected override string Action => $"/rooms/{Room.Id}";

    protected override ComposerTools Tools => ComposerTools.Open;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindRoomAsync(id, ct) ? Show() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await FindRoomAsync(id, ct)) return NotFound();
        if (!await antiforgery.IsRequestValidAsync(HttpContext)) return Refuse(PostWords.FormTooOld);
        if (string.IsNullOrWhiteSpace(Text) && !IsForPart) return Show();
        if (Draft.Parse(SlashCommand.Parse(Text) is SlashCommand.Say(var said) ? said : Text, out var refusal, await sites.MaxMessageLengthAsync(ct)) is not { } draft) return Refuse(refusal!.Words);

        Shown = FormattedText.Of(draft.Text, User.Viewer().Name, Mentioned.Nobody);
        return Show();
    }

    // htmx is told not to show what comes with an error, so that an error page never stands inside the room.
    IActionResult Refuse(string why)
    {
        if (!IsForPart) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Form = Form with { Problem = why };
        return Show();
    }

    IActionResult Show()
    {
        ModelState.Clear();
        Form = Form with { Text = Text, Kept = Kept };
        Response.Headers.Vary = "HX-Request";
        return IsForPart ? Partial("/Messages/Writing/_Preview.cshtml", this) : Page();
    }
}
