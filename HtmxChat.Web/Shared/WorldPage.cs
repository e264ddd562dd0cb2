using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Web.Shared;

/// <summary>A page for the world.</summary>
public sealed class WorldPage : PageResult
{
    public override Task ExecuteResultAsync(ActionContext context) => WorldAnswer.WriteAsync(context, base.ExecuteResultAsync);
}
