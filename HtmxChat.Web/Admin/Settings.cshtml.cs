using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Mail;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HtmxChat.Web.Admin;

[RequestSizeLimit(MaxReadBytes)]
[EnableRateLimiting(Limits.Uploads)]
[Authorize(Roles = nameof(Role.Administrator))]
public sealed class SettingsModel(ChangeSettings change, SiteLogo logo, TestLetter letter, SiteDirectory sites) : PageModel
{
    /// <summary>More than is taken, because a browser that is cut off in the middle of an upload shows its own error and not our words.</summary>
    const int MaxReadBytes = 4 * PictureFile.MaxBytes;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public Joining Joining { get; set; }

    [BindProperty]
    public RoomMakers RoomMakers { get; set; }

    [BindProperty]
    public bool RoomsMayBePublic { get; set; }

    [BindProperty]
    public string? MaxMessageLength { get; set; }

    /// <summary>In megabytes.</summary>
    [BindProperty]
    public string? MaxUpload { get; set; }

    [BindProperty]
    public IFormFile? Logo { get; set; }

    /// <summary>Names the logo that there is; null for none.</summary>
    public string? LogoVersion => sites.Current.LogoVersion;

    [BindProperty]
    public string? Style { get; set; }

    /// <summary>In days; empty keeps the audit list for ever.</summary>
    [BindProperty]
    public string? AuditKeep { get; set; }

    [BindProperty]
    public bool ShowsPreviews { get; set; }

    /// <summary>Where the test letter goes.</summary>
    [BindProperty]
    public string? Address { get; set; }

    /// <summary>Whether the page is shown because something was changed.</summary>
    public bool IsSaved => Request.Query.ContainsKey("saved");

    public bool HasMail => letter.IsPossible;

    /// <summary>What the mail server said to a test letter that it has taken; null when none was sent.</summary>
    public string? ServerWords { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (SiteName.Parse(Name, out var refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);
        if (MessageLength.Parse(MaxMessageLength, out refusal) is not { } length) return this.Refuse(nameof(MaxMessageLength), refusal!);
        if (UploadSize.Parse(MaxUpload, out refusal) is not { } upload) return this.Refuse(nameof(MaxUpload), refusal!);
        if (SiteStyle.Parse(Style, out refusal) is not { } style) return this.Refuse(nameof(Style), refusal!);
        if (KeepTime.Parse(AuditKeep, out refusal) is not { } auditKeep) return this.Refuse(nameof(AuditKeep), refusal!);
        if (!Enum.IsDefined(Joining) || !Enum.IsDefined(RoomMakers)) return BadRequest();

        await change.RunAsync(User.PersonId(), new SiteSettings(name, Joining, RoomMakers, RoomsMayBePublic, length, upload, style, auditKeep, ShowsPreviews), ct);
        return new SeeOther("/admin/settings?saved");
    }

    public async Task<IActionResult> OnPostLogoAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var refusal = Logo?.Length > sites.Current.MaxUploadBytes ? PictureFile.TooLarge(sites.Current) : await logo.SetAsync(User.PersonId(), await ReadAsync(Logo, ct), ct);
        if (refusal is null) return new SeeOther("/admin/settings?saved");

        await LoadAsync(ct);
        return this.Refuse(nameof(Logo), refusal);
    }

    public async Task<IActionResult> OnPostRemoveLogoAsync(CancellationToken ct)
    {
        await logo.RemoveAsync(User.PersonId(), ct);
        return new SeeOther("/admin/settings?saved");
    }

    /// <summary>Shows at once what comes of it, because it is not kept anywhere.</summary>
    public async Task<IActionResult> OnPostLetterAsync(CancellationToken ct)
    {
        if (!HasMail) return NotFound();

        ModelState.Clear();
        await LoadAsync(ct);
        if (EmailAddress.Parse(Address, out var refusal) is not { } address) return this.Refuse(nameof(Address), refusal!);

        var (wasTaken, words) = await letter.SendAsync(address.Text, ct);
        if (!wasTaken) return this.Refuse(nameof(Address), new($"The letter was not taken: {words}"));

        ServerWords = words;
        return Page();
    }

    static async Task<byte[]> ReadAsync(IFormFile? file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        if (file is not null) await file.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    async Task LoadAsync(CancellationToken ct)
    {
        var now = await change.NowAsync(ct);
        (Name, Joining, RoomMakers, RoomsMayBePublic, MaxMessageLength, MaxUpload, Style) = (now.Name.Text, now.Joining, now.RoomMakers, now.RoomsMayBePublic, now.MaxMessageLength.Value.ToString(CultureInfo.InvariantCulture), now.MaxUpload.Megabytes.ToString(CultureInfo.InvariantCulture), now.Style.Text);
        ShowsPreviews = now.ShowsPreviews;
        AuditKeep = now.AuditKeep.Days?.ToString(CultureInfo.InvariantCulture);
    }
}
