using System.Globalization;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>Where a person is signed in, and is signed out from afar.</summary>
public sealed class SessionsModel(MySessions sessions, OtherSessions others, UserManager<Person> people) : PageModel
{
    public IReadOnlyList<MySession> Sessions { get; private set; } = [];

    /// <summary>The session that asks.</summary>
    public long Own => long.Parse(User.Session(), CultureInfo.InvariantCulture);

    public async Task OnGetAsync(CancellationToken ct) => Sessions = await sessions.ListAsync(User.PersonId(), ct);

    public async Task<IActionResult> OnPostEndAsync(long id, CancellationToken ct)
    {
        await sessions.EndAsync(User.PersonId(), id, ct);
        return new SeeOther("/account/sessions");
    }

    public async Task<IActionResult> OnPostEndOthersAsync()
    {
        await others.EndForGoodAsync((await people.GetUserAsync(User))!, User);
        return new SeeOther("/account/sessions");
    }
}
