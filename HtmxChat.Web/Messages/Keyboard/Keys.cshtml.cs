using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Messages.Keyboard;

/// <summary>What the keys do: a page, and through htmx what stands in the box over a room's page.</summary>
public sealed class KeysModel : PageModel
{
    public IActionResult OnGet()
    {
        Response.Headers.Vary = "HX-Request";
        return Request.IsHtmx() ? Partial("/Messages/Keyboard/_KeysBox.cshtml") : Page();
    }
}
