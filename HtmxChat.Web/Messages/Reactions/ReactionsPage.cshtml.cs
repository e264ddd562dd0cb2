using HtmxChat.Web.Accounts;
using HtmxChat.Web.Rooms;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages.Reactions;

/// <summary>Everybody who has reacted to a message, where it says the first ones only.</summary>
public sealed class ReactionsPageModel(RoomDirectory rooms, MessageList messages, PeopleNames people) : MessagePageModel(rooms)
{
    public List<(string Emoji, IReadOnlyList<string> Names)> All { get; } = [];

    public async Task<IActionResult> OnGetAsync(long id, long seq, CancellationToken ct)
    {
        if (!await FindAsync(id, access => messages.FindShownAsync(access, seq, ct), ct)) return NotFound();

        foreach (var reaction in Message.Reactions.All) All.Add((reaction.Emoji, await people.OfAsync(reaction.People, ct)));
        return Page();
    }
}
