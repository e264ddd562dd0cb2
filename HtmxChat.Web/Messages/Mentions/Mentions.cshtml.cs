using HtmxChat.Web.Accounts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Mentions;

/// <summary>Everything that calls whoever looks at it, newest first.</summary>
public sealed class MentionsModel(MentionList mentions) : PageModel
{
    public MentionsPage Found { get; private set; } = null!;

    /// <summary>Whether newer ones stand before these.</summary>
    public bool IsOlder { get; private set; }

    public async Task OnGetAsync(string? before, CancellationToken ct) =>
        (Found, IsOlder) = (await mentions.ListAsync(User.PersonId(), before, ct), before is not null);
}
