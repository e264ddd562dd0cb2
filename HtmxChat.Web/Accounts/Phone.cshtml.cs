using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>Signs one's own phone in.</summary>
public sealed class PhoneModel(PhoneLinks links) : PageModel
{
    /// <summary>The one that was made just now; it is not shown again.</summary>
    public string? Link { get; private set; }

    /// <summary>What has become of the last one; null when there was none.</summary>
    public PhoneLinkState? State { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => State = await links.FindStateAsync(User.Session(), ct);

    public async Task<IActionResult> OnGetStateAsync(CancellationToken ct) => Partial("_PhoneLink", await links.FindStateAsync(User.Session(), ct));

    public async Task OnPostAsync(CancellationToken ct)
    {
        Link = $"{Request.Scheme}://{Request.Host}/phone/{await links.NewAsync(User.Session(), ct)}";
        State = await links.FindStateAsync(User.Session(), ct);
    }
}
