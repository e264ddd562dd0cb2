using System.Globalization;

namespace HtmxChat.Web.Shared;

/// <summary>Says when to come back, where the server has too much to do (RFC 9110, section 15.6.4).</summary>
public static class BusyAnswers
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public static IApplicationBuilder UseBusyAnswers(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        try
        {
            await next(http);
        }
        catch (TooBusyException) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable; // the page of that status says it in words
            http.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }
    });
}
