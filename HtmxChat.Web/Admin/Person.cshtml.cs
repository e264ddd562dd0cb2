using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class PersonModel(PeopleList people, DoToPerson doing) : PageModel
{
    [BindProperty]
    public PersonDeed Deed { get; set; }

    [BindProperty]
    public bool RemovesWritings { get; set; }

    /// <summary>A link for a new password that was made just now; it is not shown again.</summary>
    public string? Link { get; private set; }

    /// <summary>Whether it is the administrator's own page.</summary>
    public bool IsMe => Person.Id == User.PersonId();

    public ListedPerson Person { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!Enum.IsDefined(Deed)) return BadRequest();

        var outcome = await doing.RunAsync(User.Viewer(), new PersonId(id), Deed, RemovesWritings ? Writings.Go : Writings.Stay, ct);
        if (outcome is PersonOutcome.NotFound || !await FindAsync(id, ct)) return NotFound();

        ModelState.Clear();
        return outcome switch
        {
            PersonOutcome.Refused(var why) => this.Refuse("", why),
            PersonOutcome.LinkMade(var path) => Show(path),
            _ => new SeeOther($"/admin/people/{id}"),
        };
    }

    PageResult Show(string path)
    {
        this.SendNoReferrer();
        Link = $"{Request.Scheme}://{Request.Host}{path}";
        return Page();
    }

    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await people.FindAsync(new PersonId(id), ct) is not { } found) return false;

        Person = found;
        return true;
    }
}
