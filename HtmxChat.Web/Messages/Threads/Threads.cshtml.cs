using HtmxChat.Web.Accounts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Threads;

/// <summary>The threads that whoever looks at it follows, the newest activity first.</summary>
public sealed class ThreadsModel(ThreadList threads) : PageModel
{
    public ThreadsPage Found { get; private set; } = null!;

    /// <summary>Whether newer ones stand before these.</summary>
    public bool IsOlder { get; private set; }

    public async Task OnGetAsync(string? before, CancellationToken ct) =>
        (Found, IsOlder) = (await threads.ListAsync(User.PersonId(), before, ct), before is not null);
}
