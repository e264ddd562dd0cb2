using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class AuditModel(AuditTrail audit) : PageModel
{
    /// <summary>A handle; empty for everybody.</summary>
    [BindProperty(Name = "person", SupportsGet = true)]
    public string? Person { get; set; }

    /// <summary>Null for all.</summary>
    [BindProperty(Name = "kind", SupportsGet = true)]
    public AuditKind? Kind { get; set; }

    public AuditPage Found { get; private set; } = null!;

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<AuditKind>().Select(k => new SelectListItem(AdminWords.Of(k), k.ToString()));

    public async Task OnGetAsync(long? before, CancellationToken ct)
    {
        var handle = PlainLine.Clean(Person).TrimStart('@');
        Found = await audit.BeforeAsync(before, Kind, handle.Length == 0 ? null : handle, ct);
    }
}
