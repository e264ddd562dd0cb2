using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
namespace HtmxChat.Web.Accounts;

/// <summary>Where a person says who they are.</summary>
[RequestSizeLimit(MaxReadBytes)]
[EnableRateLimiting(Limits.Uploads)]
public sealed class AccountModel(People people, Pictures pictures, SiteDirectory sites) : PageModel
{
    /// <summary>More than is taken, because a browser that is cut off in the middle of an upload shows its own error and not our words.</summary>
    const int MaxReadBytes = 4 * PictureFile.MaxBytes;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Handle { get; set; }

    [BindProperty]
    public string? Bio { get; set; }

    [BindProperty]
    public string? TimeZone { get; set; }

    [BindProperty]
    public string? Language { get; set; }

    [BindProperty]
    public bool HidesPresence { get; set; }

    [BindProperty]
    public IFormFile? Picture { get; set; }

    /// <summary>Whether the page is shown because something was changed.</summary>
    public bool IsSaved => Request.Query.ContainsKey("saved");

    /// <summary>As it is set.</summary>
    public Site Site => sites.Current;

    public Face Face { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var viewer = User.Viewer();
        Face = viewer.Face;
        if (PersonName.Parse(Name, out var refusal) is not { } name) return this.Refuse(nameof(Name), refusal!);
        if (Accounts.Handle.Parse(Handle, out refusal) is not { } handle) return this.Refuse(nameof(Handle), refusal!);
        if (Accounts.Bio.Parse(Bio, out refusal) is not { } bio) return this.Refuse(nameof(Bio), refusal!);

        return await people.SetAsync(viewer.Id, new Profile(name, handle, bio, Zone.Chosen(TimeZone), Languages.Known(Language)) { HidesPresence = HidesPresence }, ct) is { } taken
            ? this.Refuse(nameof(Handle), taken)
            : Saved();
    }

    public async Task<IActionResult> OnPostPictureAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var refusal = Picture?.Length > Site.MaxUploadBytes ? PictureFile.TooLarge(Site) : await pictures.SetAsync(User.PersonId(), await ReadAsync(Picture, ct), ct);
        if (refusal is null) return Saved();

        await LoadAsync(ct);
        return this.Refuse(nameof(Picture), refusal);
    }

    public async Task<IActionResult> OnPostRemovePictureAsync(CancellationToken ct)
    {
        await pictures.RemoveAsync(User.PersonId(), ct);
        return Saved();
    }

    async Task LoadAsync(CancellationToken ct)
    {
        var me = (await people.FindAsync(User.PersonId(), ct))!;
        (Name, Handle, Bio, TimeZone, Language, HidesPresence) = (me.Profile.Name.Text, me.Profile.Handle.Text, me.Profile.Bio.Text, me.Profile.Zone.Name, me.Profile.Language, me.Profile.HidesPresence);
        Face = me.Face;
    }

    static async Task<byte[]> ReadAsync(IFormFile? file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        if (file is not null) await file.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    static SeeOther Saved() => new("/account?saved");
}
