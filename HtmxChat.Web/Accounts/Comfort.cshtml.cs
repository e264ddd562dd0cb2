using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>How a person likes to have things, and what a browser is to be sent. The latter also for those who are not signed in yet.</summary>
[AllowAnonymous]
public sealed class ComfortModel(People people) : PageModel
{
    static readonly Refusal NotOffered = new("That is none of the choices. Please look through them and save again.");

    [BindProperty]
    public bool NeverScripts { get; set; }

    [BindProperty]
    public Theme Theme { get; set; }

    [BindProperty]
    public Density Density { get; set; }

    [BindProperty]
    public TimeFormat TimeFormat { get; set; }

    [BindProperty]
    public Motion Motion { get; set; }

    [BindProperty]
    public Announcements Announcements { get; set; }

    [BindProperty]
    public Sounds Sounds { get; set; }

    [BindProperty]
    public bool SharesTyping { get; set; }

    [BindProperty]
    public bool ShowsPreviews { get; set; }

    /// <summary>Whether the page is shown because something was changed.</summary>
    public bool IsSaved => Request.Query.ContainsKey("saved");

    public void OnGet()
    {
        NeverScripts = !HttpContext.SendsScripts();
        var now = User.Preferences();
        (Theme, Density, TimeFormat, Motion) = (now.Theme, now.Density, now.TimeFormat, now.Motion);
        (Announcements, Sounds, SharesTyping, ShowsPreviews) = (now.Announcements, now.Sounds, now.SharesTyping, now.ShowsPreviews);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var isOffered = ModelState.IsValid;
        ModelState.Clear();
        if (!isOffered) return this.Refuse("", NotOffered);

        if (User.Identity!.IsAuthenticated && Chosen() != User.Preferences()) await people.PreferAsync(User.PersonId(), Chosen(), ct);
        if (NeverScripts) Response.NeverSendScripts();
        else Response.SendScripts();
        return new SeeOther("/account/comfort?saved");
    }

    Preferences Chosen() => new()
    {
        Theme = Theme,
        Density = Density,
        TimeFormat = TimeFormat,
        Motion = Motion,
        Announcements = Announcements,
        Sounds = Sounds,
        SharesTyping = SharesTyping,
        ShowsPreviews = ShowsPreviews,
    };
}
