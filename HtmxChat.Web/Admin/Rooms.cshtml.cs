using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class RoomsModel(RoomOverview rooms) : PageModel
{
    public RoomsPage Found { get; private set; } = null!;

    /// <param name="after">The last room of the page before.</param>
    public async Task OnGetAsync(long? after, CancellationToken ct) => Found = await rooms.ListAsync(after is { } room ? new RoomId(room) : null, ct);
}
