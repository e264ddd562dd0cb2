using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>A person, for others.</summary>
public sealed class PersonPageModel(People people, TimeProvider time) : PageModel
{
    public PersonCard Person { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await people.FindAsync(new PersonId(id), ct) is not { } found) return NotFound();

        (Person, Now) = (found, time.GetUtcNow());
        return Page();
    }
}
