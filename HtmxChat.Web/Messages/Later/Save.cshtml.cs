using HtmxChat.Web.Rooms;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages.Later;

/// <summary>Where somebody puts a message aside for themselves, or has no more use for it; from its menu at once.</summary>
public sealed class SaveModel(RoomDirectory rooms, MessageList messages, SavedMessages saved) : MessagePageModel(rooms)
{
    /// <summary>Whether it is to be saved from now on; null where the form does not say.</summary>
    [BindProperty(Name = "saved")]
    public bool? Saved { get; set; }

    public bool IsSaved { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct) => await FindAsync(id, seq, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, seq, ct)) return NotFound();
        if (Saved is not { } isSaved) return Page();

        if (isSaved) await saved.SaveAsync(Viewer.Id, Message, ct);
        else await saved.RemoveAsync(Viewer.Id, Message.Room, Message.Seq, ct);
        return Done(isSaved ? "Saved. It is under “Later”." : "Removed from saved.", BackToRoom);
    }

    async Task<bool> FindAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, access => messages.FindShownAsync(access, seq, ct), ct)) return false;

        IsSaved = await saved.IsSavedAsync(Viewer.Id, Message, ct);
        return true;
    }
}
