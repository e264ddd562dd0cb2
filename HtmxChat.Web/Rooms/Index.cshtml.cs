using HtmxChat.Web.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

public sealed class IndexModel(RoomDirectory rooms, SiteDirectory sites, LinkNotice notice) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await notice.FindAsync(User.PersonId(), ct) is not null) return Redirect("/account/link-made");

        var list = await rooms.ListAsync(User.PersonId(), ct);
        var last = LastRoom.Read(Request);
        var room = list.FirstOrDefault(r => r.Room.Id == last) ?? list.MinBy(r => r.Room.Id.Value);
        if (room is not null) return Redirect($"/rooms/{room.Room.Id}");

        return RoomDirectory.MayCreate(User.Viewer(), sites.Current) ? Redirect("/rooms/new") : Page();
    }
}
