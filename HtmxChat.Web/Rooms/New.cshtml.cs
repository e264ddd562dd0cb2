using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

public sealed class NewModel(RoomDirectory rooms, SiteDirectory sites) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? About { get; set; }

    /// <summary>Whether it is for invited members alone.</summary>
    [BindProperty]
    public bool Closed { get; set; }

    bool MayCreate => RoomDirectory.MayCreate(User.Viewer(), sites.Current);

    public IActionResult OnGet() => MayCreate ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!MayCreate) return NotFound();

        ModelState.Clear();
        if (RoomName.Parse(Name, out var refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);
        if (Topic.Parse(About, out refusal) is not { } topic) return this.Refuse(nameof(About), refusal!);

        var room = await rooms.CreateAsync(name, topic, Closed ? RoomKind.Closed : RoomKind.Open, User.PersonId(), ct);
        if (room is null) return this.Refuse(nameof(Name), new($"There is already a room called {name.Text}."));
        return Redirect(Closed ? $"/rooms/{room.Id}/about" : $"/rooms/{room.Id}");
    }
}
