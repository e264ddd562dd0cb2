using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages.Later;
using HtmxChat.Web.Messages.Reactions;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages;

/// <summary>What somebody can do with a message: a page of its own, or the menu beside the message.</summary>
public sealed class ActionsModel(RoomDirectory rooms, MessageList messages, RecentEmoji recent, SavedMessages saved) : MessagePageModel(rooms)
{
    // As many as stand in one line.
    const int MostQuick = 6;

    /// <summary>The emoji to react with at once: those that the person has used last, and the usual ones.</summary>
    public IReadOnlyList<string> Quick { get; private set; } = [];

    public PersonId Person => Viewer.Id;

    public bool IsOfAnother => Message.Author.Id != Viewer.Id;

    public bool IsDeletable => !IsOfAnother || Viewer.IsAdministrator;

    public bool IsEditable => IsDeletable && Access.MayPost;

    /// <summary>Whether its reader has saved it.</summary>
    public bool IsSaved { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, access => messages.FindShownAsync(access, seq, ct), ct)) return NotFound();

        Quick = [.. (await recent.OfAsync(Person, ct)).Concat(AllEmoji.Usual).Distinct().Take(MostQuick)];
        IsSaved = await saved.IsSavedAsync(Viewer.Id, Message, ct);
        return IsForPart ? Part("/Messages/_Actions.cshtml", this) : Page();
    }
}
