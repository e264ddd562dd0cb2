using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Shared;

/// <summary>How a page tells a person that something cannot be taken.</summary>
public static class Refusals
{
    /// <summary>Shows the page again with everything that was typed, the words beside the field, and status 422 (RFC 9110, section 15.5.21).</summary>
    public static PageResult Refuse(this PageModel page, string field, Refusal why)
    {
        page.ModelState.AddModelError(field, why.Words);
        page.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page.Page();
    }
}
