using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Reactions;

/// <summary>Where a message gets a reaction: the page for one emoji, or with all of them to choose from; and what a press in the room sends.</summary>
[EnableRateLimiting(Limits.Reactions)]
public sealed class ReactModel(RoomDirectory rooms, MessageList messages, ReactToMessage react, RecentEmoji recent, MessageHtml html) : MessagePageModel(rooms)
{
    [BindProperty(Name = "emoji", SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(Name = "wish")]
    public Wish Wish { get; set; }

    /// <summary>Whether the page that was pressed on hears nothing of its room, and so wants the message back.</summary>
    [BindProperty(Name = "whole")]
    public bool IsWhole { get; set; }

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(Name = "group", SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(Name = "tone", SupportsGet = true)]
    public int? Tone { get; set; }

    /// <summary>The emoji that is meant; null where one is to be chosen.</summary>
    public string? Known => AllEmoji.Find(Text);

    public bool HasReacted => Known is { } emoji && Message.Reactions.Has(emoji, Viewer.Id);

    public EmojiPicker Picker { get; private set; } = null!;

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();
        if (FormProblem.Of(HttpContext) is { } problem && IsForPart) return Say(problem.Words);

        await ShowAsync(ct);
        if (!Access.MayPost) Problem = RoomWords.Of(Access.Room.Writers);
        return IsForPart ? Part("/Messages/Reactions/_EmojiPicker.cshtml", Picker) : Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        switch (await react.RunAsync(Access, seq, Viewer.Id, Text, Wish, ct))
        {
            case ChangeOutcome.Changed(var message): return IsForPart ? await AnswerAsync(message, ct) : new SeeOther(BackToRoom);
            case ChangeOutcome.Refused(var why) when IsForPart: return Say(why.Words);
            case ChangeOutcome.Refused(var why):
                (Problem, Response.StatusCode) = (why.Words, StatusCodes.Status422UnprocessableEntity);
                await ShowAsync(ct);
                return Page();
            default: return NotFound();
        }
    }

    Task<bool> FindAsync(long id, long seq, CancellationToken ct) => FindAsync(id, access => messages.FindShownAsync(access, seq, ct), ct);

    async Task ShowAsync(CancellationToken ct) => Picker = new EmojiPicker($"{Message.Path}/react", new EmojiChoice(Query, Group, Tone), await recent.OfAsync(Viewer.Id, ct));

    // A page with a live connection is told by that, like everybody's.
    async Task<IActionResult> AnswerAsync(Message message, CancellationToken ct) =>
        IsWhole ? File(await html.RenderAsync(message, ct), "text/html; charset=utf-8") : new NoContentResult();
}
