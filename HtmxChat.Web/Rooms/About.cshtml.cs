using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

/// <summary>A room's other page: who is in it, and what one sets about it for oneself.</summary>
public sealed class AboutModel(RoomDirectory rooms, Members members, MyRooms mine) : PageModel
{
    [BindProperty]
    public Involvement Involvement { get; set; }

    [BindProperty]
    public bool IsFavourite { get; set; }

    /// <summary>Whom to add, or to remove.</summary>
    [BindProperty]
    public List<long> Person { get; set; } = [];

    /// <summary>Whom somebody looks for among the members.</summary>
    [BindProperty(Name = "find", SupportsGet = true)]
    public string? Find { get; set; }

    /// <summary>Whom somebody looks for among those who can be added.</summary>
    [BindProperty(Name = "add", SupportsGet = true)]
    public string? FindToAdd { get; set; }

    /// <summary>Whether the page is shown because something was changed.</summary>
    public bool IsSaved => Request.Query.ContainsKey("saved");

    public RoomAccess Access { get; private set; } = null!;

    public Room Room => Access.Room;

    public FoundPeople People { get; private set; } = null!;

    /// <summary>Who can still be added; null where nobody is added, or not by this person.</summary>
    public PeopleChoice? Others { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();

        await mine.SetAsync(User.Viewer(), Access, Enum.IsDefined(Involvement) ? Involvement : Involvement.Everything, IsFavourite, ct);
        return Redirect($"/rooms/{Room.Id}/about?saved");
    }

    /// <param name="search">Null unless somebody looks for more people.</param>
    public async Task<IActionResult> OnPostAddAsync(long id, string? search, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !Access.MayManage) return NotFound();
        if (search is not null) return await ShowAsync(ct);

        await members.AddAsync(Access, User.PersonId(), [.. Person.Select(p => new PersonId(p))], ct);
        return Back();
    }

    public async Task<IActionResult> OnPostRemoveAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || Person is not [var person]) return NotFound();

        var isMe = person == User.PersonId().Value;
        if (!await members.RemoveAsync(Access, User.Viewer(), new PersonId(person), ct)) return NotFound();
        return isMe ? Redirect("/") : Back();
    }

    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await rooms.FindAsync(new RoomId(id), User.Viewer(), ct) is not { } access) return false;

        Access = access;
        return true;
    }

    async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        (Involvement, IsFavourite) = (Access.Involvement, Access.IsFavourite);
        People = await members.FindAsync(Room, User.PersonId(), NameSearch.Of(Find), ct);
        if (Access.MayManage && Room.Kind == RoomKind.Closed)
            Others = new(await members.FindOthersAsync(Room, NameSearch.Of(FindToAdd), [.. Person.Select(p => new PersonId(p))], ct), nameof(Person), "add", "People to add");
        return Page();
    }

    RedirectResult Back() => Redirect($"/rooms/{Room.Id}/about{(Find is { Length: > 0 } find ? $"?find={Uri.EscapeDataString(find)}" : "")}");
}
