using Microsoft.AspNetCore.Diagnostics;

namespace HtmxChat.Web.Shared;

/// <summary>Gives answers without a body one in words. What a script asked for is left as it is: it reads the status alone.</summary>
public static class ProblemPages
{
    /// <summary>Whether a request has been answered and is now given the words for it: it was looked at already.</summary>
    public static bool IsOne(HttpContext http) => http.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    public static void UseProblemPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/problem/500");
        app.UseStatusCodePagesWithReExecute("/problem/{0}");
        app.Use((http, next) =>
        {
            if (http.Request.Headers.ContainsKey("HX-Request") && http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            return next(http);
        });
    }
}
