using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Live;

/// <summary>The live side: logs, heartbeats, and the watch over heads. Needs an <see cref="IRoomHistory"/>.</summary>
public static class LiveRegistration
{
    /// <param name="epoch">Gives the life of the database, see <see cref="Position.Epoch"/>.</param>
    public static IServiceCollection AddLive(this IServiceCollection services, IConfiguration configuration, Func<IServiceProvider, string> epoch) => services
        .AddRelay(configuration.GetConnectionString("Redis"))
        .AddSingleton(s => new RoomLogs(
            s.GetRequiredService<IRoomHistory>(),
            s.GetRequiredService<IRelay>(),
            () => epoch(s),
            s.GetRequiredService<Caches>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<RoomLog>>()))
        .AddSingleton(s => new LiveConnections(s.GetRequiredService<TimeProvider>(), s.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping))
        .AddHostedService<Heartbeats>()
        .AddHostedService<HeadWatch>();

    static IServiceCollection AddRelay(this IServiceCollection services, string? redis)
    {
        if (string.IsNullOrWhiteSpace(redis)) return services.AddSingleton<IRelay, SingleNode>();

        var settings = RedisRelay.Settings(redis);
        return services.AddSingleton<IRelay>(s => new RedisRelay(settings, s.GetRequiredService<ILogger<RedisRelay>>()));
    }

    /// <summary>Hides the older version of a changed message from pages that cannot change what they have shown.</summary>
    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/live/superseded.css", SupersededStyle.Get);
}
