using HtmxChat.Web.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

public sealed class IndexModel(RoomDirectory rooms) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var list = await rooms.ListAsync(User.PersonId(), ct);
        var last = LastRoom.Read(Request);
        var room = list.FirstOrDefault(r => r.Room.Id == last) ?? list.MinBy(r => r.Room.Id.Value);
        return Redirect(room is null ? "/rooms/new" : $"/rooms/{room.Room.Id}");
    }
}
