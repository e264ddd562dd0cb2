using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Admin;

/// <summary>Setting the place up and looking after it.</summary>
public static class AdminRegistration
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services.AddScoped<SetUpSite>().AddSingleton<ChangeSettings>().AddSingleton<SiteLogo>().AddScoped<PasswordLink>().AddScoped<DoToPerson>();

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/site.css", SiteStyle.GetAsync).AllowAnonymous().WithMetadata(new WorksBeforeSetup());
        routes.MapGet("/logo", SiteLogo.GetAsync).AllowAnonymous().WithMetadata(new WorksBeforeSetup());
    }
}
