using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Storage;

/// <summary>The database.</summary>
public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var folder = Path.Combine(environment.ContentRootPath, configuration["Data:Folder"] ?? "data");
        var file = new ChatFile(configuration.GetConnectionString("Chat"), folder);

        services.AddSingleton(file);
        services.AddSingleton(new SqlReader(async ct => await file.OpenAsync(ct)));
        services.AddSingleton(s => new GroupCommit(async ct => await file.OpenAsync(ct), s.GetRequiredService<ILogger<GroupCommit>>()));
        services.AddHostedService(s => s.GetRequiredService<GroupCommit>());
        services.AddDbContext<ChatDb>(db => db.UseSqlite(file.ConnectionString).AddInterceptors(new SettingsPerConnection()));
        services.AddDataProtection().SetApplicationName("HtmxChat").PersistKeysToDbContext<ChatDb>();
        return services;
    }

    /// <summary>Creates the database, or brings an older one up to date. Runs before the server listens.</summary>
    public static async Task PrepareStorageAsync(this WebApplication app, CancellationToken ct)
    {
        SQLitePCL.Batteries_V2.Init();
        await app.Services.GetRequiredService<ChatFile>().PrepareAsync(ct);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ChatDb>().Database.MigrateAsync(ct);
    }
}
