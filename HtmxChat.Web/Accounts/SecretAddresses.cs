using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>For pages whose address is a secret.</summary>
static class SecretAddresses
{
    /// <summary>Keeps browsers from telling the address to anybody, this site's own pages too.</summary>
    public static void SendNoReferrer(this PageModel page) => page.Response.Headers["Referrer-Policy"] = "no-referrer";

    /// <summary>Shows the page, which says that there is nothing at this address any more.</summary>
    public static PageResult Gone(this PageModel page)
    {
        page.Response.StatusCode = StatusCodes.Status404NotFound;
        return page.Page();
    }
}
