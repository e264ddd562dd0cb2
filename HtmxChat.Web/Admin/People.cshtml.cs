using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class PeopleModel(PeopleList people) : PageModel
{
    [BindProperty(Name = "find", SupportsGet = true)]
    public string? Find { get; set; }

    [BindProperty(Name = "show", SupportsGet = true)]
    public PeopleSelection Show { get; set; }

    public PeoplePage Found { get; private set; } = null!;

    public IEnumerable<SelectListItem> Selections => Enum.GetValues<PeopleSelection>().Select(s => new SelectListItem(s.ToString(), s.ToString()));

    /// <param name="after">The handle of the last one on the page before.</param>
    public async Task OnGetAsync(string? after, CancellationToken ct) =>
        Found = await people.FindAsync(Find ?? "", Enum.IsDefined(Show) ? Show : PeopleSelection.Everybody, after, ct);
}
