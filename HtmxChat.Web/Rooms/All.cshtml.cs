using Htmx;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

/// <summary>Every room that a person may enter, also those that do not stand in their list.</summary>
public sealed class AllModel(RoomDirectory rooms, Unread unread) : PageModel
{
    const string Hidden = "Hidden from your list";
    const string Archived = "Archived";

    /// <summary>In groups, with what stands above them; those that there are.</summary>
    public IEnumerable<IGrouping<string, ListedRoom>> Groups { get; private set; } = [];

    public bool HasHidden => Groups.Any(g => g.Key == Hidden);

    public bool HasUnread => Groups.Any(g => g.Any(r => r.Mark.Unread > 0));

    public async Task OnGetAsync(CancellationToken ct) =>
        Groups = (await rooms.ListAllAsync(User.PersonId(), ct)).OrderBy(IsAside).ThenBy(IsDirect).GroupBy(TitleOf).ToList();

    /// <summary>Marks all as read, whatever the person is told of it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        unread.ComesToEnds(User.PersonId(), (await rooms.ListAllAsync(User.PersonId(), ct)).Select(r => r.Room.Id));
        return Request.IsHtmx() ? new NoContentResult() : new SeeOther("/rooms");
    }

    static string TitleOf(ListedRoom listed) =>
        listed.Room.IsArchived ? Archived :
        listed.Involvement == Involvement.Hidden ? Hidden :
        IsDirect(listed) ? "Direct conversations" : "Rooms";

    static bool IsDirect(ListedRoom listed) => listed.Room.Kind == RoomKind.Direct;

    static int IsAside(ListedRoom listed) => listed.Room.IsArchived ? 2 : listed.Involvement == Involvement.Hidden ? 1 : 0;
}
