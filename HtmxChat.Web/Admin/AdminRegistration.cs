namespace HtmxChat.Web.Admin;

/// <summary>Setting the place up and looking after it.</summary>
public static class AdminRegistration
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services.AddScoped<SetUpSite>();
}
