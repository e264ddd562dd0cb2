using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Messages.Polls;

/// <summary>The poll of a message: who has voted, voting, and closing it; and what a press in the room sends.</summary>
[EnableRateLimiting(Limits.Reactions)]
public sealed class PollPageModel(RoomDirectory rooms, VoteInPoll vote, PeopleNames people, MessageHtml html) : MessagePageModel(rooms)
{
    /// <summary>The answers' places in the poll, from 0.</summary>
    [BindProperty(Name = "choice", SupportsGet = true)]
    public int[] Choices { get; set; } = [];

    /// <summary>What is meant by a press; null where a whole form is sent.</summary>
    [BindProperty(Name = "wish")]
    public Wish? Wish { get; set; }

    /// <summary>Whether nothing shall be chosen, whatever is marked.</summary>
    [BindProperty(Name = "none")]
    public bool ChoosesNone { get; set; }

    /// <summary>Whether the page that was pressed on hears nothing of its room, and so wants the message back.</summary>
    [BindProperty(Name = "whole")]
    public bool IsWhole { get; set; }

    public string? Problem { get; private set; }

    public List<(PollOption Option, IReadOnlyList<string> Names)> Votes { get; } = [];

    public bool MayVote => Access.MayPost && !Poll.IsClosed;

    public bool MayClose => VoteInPoll.MayClose(Message, Viewer);

    public bool HasVoted => Poll.HasVote(Viewer.Id);

    Poll Poll => Message.Poll!;

    /// <summary>Whether an answer is marked: what was pressed in the room, or what was chosen before.</summary>
    public bool IsChosen(int option) => Choices.Length > 0 && !Poll.AllowsSeveral ? Choices[0] == option : Poll.Has(Viewer.Id, option) || Choices.Contains(option);

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();
        if (FormProblem.Of(HttpContext) is { } problem && IsForPart) return Say(problem.Words);

        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();

        return await AnswerAsync(Wish is { } wish && Choices is [var pressed]
            ? await vote.PressAsync(Access, seq, Viewer.Id, pressed, wish, ct)
            : await vote.ChooseAsync(Access, seq, Viewer.Id, ChoosesNone ? [] : Choices, ct), ct);
    }

    public async Task<IActionResult> OnPostCloseAsync(long id, long seq, CancellationToken ct) =>
        await FindAsync(id, seq, ct) ? await AnswerAsync(await vote.CloseAsync(Access, seq, Viewer, ct), ct) : NotFound();

    Task<bool> FindAsync(long id, long seq, CancellationToken ct) => FindAsync(id, access => vote.FindAsync(access, seq, ct), ct);

    async Task<IActionResult> AnswerAsync(ChangeOutcome outcome, CancellationToken ct)
    {
        switch (outcome)
        {
            case ChangeOutcome.Changed when !IsForPart: return new SeeOther(BackToRoom);
            case ChangeOutcome.Changed(var message) when IsWhole: return File(await html.RenderAsync(message, ct), "text/html; charset=utf-8");
            case ChangeOutcome.Changed: return new NoContentResult();
            case ChangeOutcome.Refused(var why) when IsForPart: return Say(why.Words);
            case ChangeOutcome.Refused(var why):
                (Problem, Response.StatusCode) = (why.Words, StatusCodes.Status422UnprocessableEntity);
                return await ShowAsync(ct);
            default: return NotFound();
        }
    }

    async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        foreach (var option in Poll.Options) Votes.Add((option, await people.OfAsync([.. option.People.Select(p => new PersonId(p))], ct)));
        return Page();
    }
}
