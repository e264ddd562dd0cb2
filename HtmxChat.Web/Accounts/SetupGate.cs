using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Accounts;

/// <summary>Sends everybody to the set-up page until the site has been set up.</summary>
public sealed class SetupGate(SiteDirectory sites) : IMiddleware
{
    /// <summary>Where the first visitor sets the site up.</summary>
    public const string SetupPath = "/setup";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (await sites.FindAsync(context.RequestAborted) is not null || IsOpen(context)) await next(context);
        else context.Response.Redirect(SetupPath);
    }

    static bool IsOpen(HttpContext context) =>
        context.Request.Path == SetupPath || context.Request.Path.StartsWithSegments("/problem", StringComparison.Ordinal) || context.GetEndpoint()?.Metadata.GetMetadata<WorksBeforeSetup>() is not null;
}
