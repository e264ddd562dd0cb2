using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

/// <summary>Where administrators let the world read a room, and they or its owner take it back.</summary>
public sealed class PublishModel(RoomDirectory rooms, PublishRoom publish, SiteDirectory sites) : PageModel
{
    [BindProperty]
    public WorldReads Reads { get; set; } = WorldReads.FromNowOn;

    [BindProperty]
    public bool IsSure { get; set; }

    public ManagedRoom Managed { get; private set; } = null!;

    public Room Room => Managed.Room;

    public bool MayPublish => PublishRoom.IsFor(User.Viewer(), Managed, sites.Current);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !MayPublish) return NotFound();
        if (!Enum.IsDefined(Reads)) return BadRequest();

        ModelState.Clear();
        if (!IsSure) return this.Refuse(nameof(IsSure), new("Please tick this first."));
        if (await publish.RunAsync(Managed, User.PersonId(), Reads, ct) is { } refused) return this.Refuse(nameof(IsSure), refused);
        return new SeeOther($"/rooms/{id}");
    }

    public async Task<IActionResult> OnPostTakeBackAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        await publish.TakeBackAsync(Managed, User.PersonId(), ct);
        return new SeeOther($"/rooms/{id}");
    }

    // There is such a page where there is something to be done on it.
    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindManagedAsync(new RoomId(id), User.Viewer(), ct) is not { } managed) return false;

        Managed = managed;
        return managed.Room.IsPublic || MayPublish;
    }
}
