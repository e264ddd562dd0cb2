using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Moderation;

/// <summary>What is said about a message that an administrator has removed: that it was, and to its author and administrators why.</summary>
public sealed class RemovalModel(RoomDirectory rooms, MessageList messages, Reports reports) : PageModel
{
    public Message Message { get; private set; } = null!;

    /// <summary>Null when nobody said, or it is not for whoever asks.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether the reason is for whoever asks.</summary>
    public bool IsForViewer => Message.Author.Id == User.PersonId() || User.IsAdministrator();

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { } access) return NotFound();
        if (await messages.FindPlaceAsync(access, seq, ct) is not { IsRemoved: true } message) return NotFound();

        Message = message;
        if (IsForViewer) Reason = await reports.ReasonAsync(message, ct);
        return Page();
    }
}
