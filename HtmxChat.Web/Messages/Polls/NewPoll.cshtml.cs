using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Polls;

/// <summary>Where somebody asks a room something, with answers to choose from: a message like any other, posted the same way.</summary>
public sealed class NewPollModel(RoomDirectory rooms, PostMessage post) : PageModel
{
    /// <summary>So many fields for answers are there at once; the others can be unfolded.</summary>
    public const int FirstOptions = 4;

    [BindProperty(Name = "key")]
    public string? Key { get; set; }

    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    [BindProperty(Name = "choice")]
    public string?[] Choices { get; set; } = [];

    [BindProperty(Name = "several")]
    public bool AllowsSeveral { get; set; }

    /// <summary>Whether it comes from the room, with what was typed there as the question.</summary>
    [BindProperty(Name = "begin")]
    public bool Begins { get; set; }

    public RoomAccess Access { get; private set; } = null!;

    public string? Problem { get; private set; }

    /// <summary>That of the form that is shown: the one that was sent, or a new one.</summary>
    public string NextKey { get; private set; } = ClientKey.New().Text;

    public bool HasMore => Choices.Skip(FirstOptions).Any(c => !string.IsNullOrWhiteSpace(c));

    public string? ChoiceAt(int place) => Choices.ElementAtOrDefault(place);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (Begins) return Page();
        if (Poll.Offer(Choices, AllowsSeveral, out var refusal) is not { } poll) return Refuse(StatusCodes.Status422UnprocessableEntity, refusal!.Words);

        switch (await post.RunAsync(Access, Author.Of(User.Viewer()), new PostForm(Key, Text) { Poll = poll }, ct))
        {
            case PostOutcome.Sent(var message): return new SeeOther($"/rooms/{Access.Room.Id}#{message.ElementId}");
            case PostOutcome.Refused(var why): return Refuse(StatusCodes.Status422UnprocessableEntity, why.Words);
            case PostOutcome.KeyUsedBefore:
                NextKey = ClientKey.New().Text;
                return Refuse(StatusCodes.Status409Conflict, PostWords.KeyUsedBefore);
            case PostOutcome.TooFast(var wait):
                Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return Refuse(StatusCodes.Status429TooManyRequests, PostWords.TooFast(wait));
            case PostOutcome.NotStored:
                Response.Headers.RetryAfter = "5";
                return Refuse(StatusCodes.Status503ServiceUnavailable, PostWords.NotStored);
            case var other: throw new InvalidOperationException($"Unknown outcome {other}.");
        }
    }

    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { MayPost: true } access) return false;

        Access = access;
        if (!Begins && ClientKey.Parse(Key) is { } sent) NextKey = sent.Text;
        return true;
    }

    PageResult Refuse(int status, string why)
    {
        (Problem, Response.StatusCode) = (why, status);
        return Page();
    }
}
