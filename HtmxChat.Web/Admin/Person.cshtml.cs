using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class PersonModel(PeopleList people, ManagePerson manage) : PageModel
{
    [BindProperty]
    public PersonDeed Deed { get; set; }

    [BindProperty]
    public bool RemovesWriting { get; set; }

    public ListedPerson Person { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!Enum.IsDefined(Deed)) return BadRequest();

        var outcome = await DoAsync(new PersonId(id), ct);
        if (outcome is PersonOutcome.NotFound || !await FindAsync(id, ct)) return NotFound();

        ModelState.Clear();
        return outcome is PersonOutcome.Refused(var why) ? this.Refuse("", why) : Redirect($"/admin/people/{id}");
    }

    Task<PersonOutcome> DoAsync(PersonId person, CancellationToken ct) => Deed switch
    {
        PersonDeed.MakeAdministrator => manage.MakeAdministratorAsync(User.Viewer(), person, ct),
        PersonDeed.MakeMember => manage.MakeMemberAsync(User.Viewer(), person, ct),
        PersonDeed.Deactivate => manage.DeactivateAsync(User.Viewer(), person, ct),
        PersonDeed.Activate => manage.ActivateAsync(User.Viewer(), person, ct),
        PersonDeed.Ban => manage.BanAsync(User.Viewer(), person, RemovesWriting ? Writing.Goes : Writing.Stays, ct),
        PersonDeed.Unban => manage.UnbanAsync(User.Viewer(), person, ct),
        PersonDeed.RemoveWriting => manage.RemoveWritingAsync(User.Viewer(), person, ct),
        PersonDeed.EndSessions => manage.EndSessionsAsync(User.Viewer(), person, ct),
        _ => throw new InvalidOperationException($"Unknown deed {Deed}."),
    };

    async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await people.FindAsync(new PersonId(id), ct) is not { } found) return false;

        Person = found;
        return true;
    }
}
