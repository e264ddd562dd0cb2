using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Messages.Later;

/// <summary>What somebody has saved.</summary>
public sealed class LaterModel(RoomDirectory rooms, LaterOverview overview, SavedMessages saved) : LaterPageModel(rooms, overview)
{
    /// <summary>Where the list begins; null at the newest.</summary>
    [BindProperty(Name = "before", SupportsGet = true)]
    public string? Before { get; set; }

    /// <summary>The room of a message that is to be taken out.</summary>
    [BindProperty(Name = "room")]
    public long RoomNumber { get; set; }

    /// <summary>Its number there.</summary>
    [BindProperty(Name = "remove")]
    public long Remove { get; set; }

    public SavedPage Saved { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await CountAsync(ct);
        Saved = await saved.ListAsync(Viewer.Id, Before, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await saved.RemoveAsync(Viewer.Id, new RoomId(RoomNumber), Remove, ct);
        return new SeeOther("/later");
    }
}
