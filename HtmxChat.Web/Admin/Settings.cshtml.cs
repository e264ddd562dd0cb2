using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class SettingsModel(ChangeSettings change) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public Joining Joining { get; set; }

    [BindProperty]
    public RoomMakers RoomMakers { get; set; }

    [BindProperty]
    public string? MaxMessageLength { get; set; }

    [BindProperty]
    public string? Style { get; set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = await change.NowAsync(ct);
        (Name, Joining, RoomMakers, MaxMessageLength, Style) = (now.Name.Text, now.Joining, now.RoomMakers, now.MaxMessageLength.Value.ToString(CultureInfo.InvariantCulture), now.Style.Text);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (SiteName.Parse(Name, out var refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);
        if (MessageLength.Parse(MaxMessageLength, out refusal) is not { } length) return this.Refuse(nameof(MaxMessageLength), refusal!);
        if (SiteStyle.Parse(Style, out refusal) is not { } style) return this.Refuse(nameof(Style), refusal!);
        if (!Enum.IsDefined(Joining) || !Enum.IsDefined(RoomMakers)) return BadRequest();

        await change.RunAsync(User.PersonId(), new SiteSettings(name, Joining, RoomMakers, length, style), ct);
        return new SeeOther("/admin/settings");
    }
}
