namespace HtmxChat.Web.Shared;

/// <summary>Work that goes on by itself as long as the server runs, and that others speak to.</summary>
public static class BackgroundServices
{
    /// <summary>Adds one that runs and is asked for as the same object.</summary>
    public static IServiceCollection AddBackground<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(s => s.GetRequiredService<T>());
}
