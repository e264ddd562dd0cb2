using HtmxChat.Web.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

public sealed class IndexModel(RoomDirectory rooms, SiteDirectory sites) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var list = await rooms.ListAsync(User.PersonId(), ct);
        var last = LastRoom.Read(Request);
        var room = list.FirstOrDefault(r => r.Room.Id == last) ?? list.MinBy(r => r.Room.Id.Value);
        if (room is not null) return Redirect($"/rooms/{room.Room.Id}");

        return RoomDirectory.MayCreate(User.Viewer(), sites.Current) ? Redirect("/rooms/new") : Page();
    }
}
