using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Admin;

[Authorize(Roles = nameof(Role.Administrator))]
public sealed class InviteModel(SiteDirectory sites) : PageModel
{
    public string Link => $"{Request.Scheme}://{Request.Host}/join/{sites.Current.Invite}";
}
