using Microsoft.AspNetCore.Mvc;

namespace HtmxChat.Web.Shared;

/// <summary>See Other (RFC 9110, section 15.4.4): reload then repeats the page that is shown, and not what was done.</summary>
/// <param name="path">Of this site.</param>
public sealed class SeeOther(string path) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        (context.HttpContext.Response.StatusCode, context.HttpContext.Response.Headers.Location) = (StatusCodes.Status303SeeOther, path);
        return Task.CompletedTask;
    }
}
