namespace HtmxChat.Web.Previews;

/// <summary>What is behind the links that people post.</summary>
public static class PreviewsRegistration
{
    public static IServiceCollection AddPreviews(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PreviewSettings.Read(configuration)).AddSingleton<OwnAddresses>().AddSingleton<LookAtPage>();

    /// <remarks>Stands after authentication: strangers have nothing to say about it.</remarks>
    public static void UseOwnAddresses(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.User.Identity is { IsAuthenticated: true }) http.RequestServices.GetRequiredService<OwnAddresses>().Note(http.Request.Host);
        return next(http);
    });
}
