using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>What a browser is to be sent. Also for those who are not signed in yet.</summary>
[AllowAnonymous]
public sealed class ComfortModel : PageModel
{
    [BindProperty]
    public bool NeverScripts { get; set; }

    /// <summary>Whether the page is shown because something was changed.</summary>
    public bool IsSaved => Request.Query.ContainsKey("saved");

    public void OnGet() => NeverScripts = !HttpContext.SendsScripts();

    public IActionResult OnPost()
    {
        if (NeverScripts) Response.NeverSendScripts();
        else Response.SendScripts();
        return new SeeOther("/account/comfort?saved");
    }
}
