using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Accounts;

/// <summary>What somebody reads who has deleted their account.</summary>
[AllowAnonymous]
public sealed class GoodbyeModel : PageModel;
