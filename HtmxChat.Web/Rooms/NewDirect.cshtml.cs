using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Rooms;

public sealed class NewDirectModel(Members members, DirectRooms directs) : PageModel
{
    static readonly Refusal NobodyChosen = new("Please choose at least one person.");

    /// <summary>Whom to talk to.</summary>
    [BindProperty]
    public List<long> With { get; set; } = [];

    public IReadOnlyList<Member> People { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!DirectRooms.MayOpen(User.Viewer())) return NotFound();

        People = await members.EverybodyAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!DirectRooms.MayOpen(User.Viewer())) return NotFound();

        var (room, refusal) = With.Count == 0 ? (null, NobodyChosen) : await directs.OpenAsync(User.Viewer(), With.Select(id => new PersonId(id)), ct);
        if (room is { } opened) return Redirect($"/rooms/{opened}");

        ModelState.Clear();
        People = await members.EverybodyAsync(ct);
        return this.Refuse("", refusal!);
    }
}
