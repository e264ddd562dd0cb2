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

    /// <summary>Among whom somebody looks for more.</summary>
    [BindProperty(Name = "find", SupportsGet = true)]
    public string? Find { get; set; }

    public PeopleChoice Choice { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!DirectRooms.MayOpen(User.Viewer())) return NotFound();

        return await ShowAsync(ct);
    }

    /// <param name="search">Null unless somebody looks for more people.</param>
    public async Task<IActionResult> OnPostAsync(string? search, CancellationToken ct)
    {
        if (!DirectRooms.MayOpen(User.Viewer())) return NotFound();
        if (search is not null) return await ShowAsync(ct);

        var (room, refusal) = With.Count == 0 ? (null, NobodyChosen) : await directs.OpenAsync(User.Viewer(), With.Select(id => new PersonId(id)), ct);
        if (room is { } opened) return Redirect($"/rooms/{opened}");

        ModelState.Clear();
        await ShowAsync(ct);
        return this.Refuse("", refusal!);
    }

    async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        Choice = new(await members.FindEverybodyAsync(NameSearch.Of(Find), [.. With.Select(id => new PersonId(id))], ct), nameof(With), "find", "People");
        return Page();
    }
}
