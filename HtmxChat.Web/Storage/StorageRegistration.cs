using System.Reflection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HtmxChat.Web.Storage;

/// <summary>The database.</summary>
public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var folder = Path.Combine(environment.ContentRootPath, configuration["Data:Folder"] ?? "data");
        var file = new ChatFile(configuration.GetConnectionString("Chat"), folder);

        services.AddSingleton(file).AddSingleton<ProcessLock>();
        services.AddSingleton(new SqlReader(async ct => await file.OpenAsync(ct)));
        services.AddSingleton(s => new GroupCommit(async ct => await file.OpenAsync(ct), s.GetRequiredService<ILogger<GroupCommit>>()));
        services.AddHostedService(s => s.GetRequiredService<GroupCommit>());
        services.AddDbContext<ChatDb>(db => db.UseSqlite(file.ConnectionString).AddInterceptors(new SettingsPerConnection()));
        services.AddDataProtection().SetApplicationName("HtmxChat");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new StoredKeys(async ct => await file.OpenAsync(ct)));
        return services;
    }

    /// <summary>Creates the database, or brings an older one up to date. Runs before the server listens.</summary>
    /// <returns>False when the program cannot start here; it has been said why.</returns>
    public static async Task<bool> PrepareStorageAsync(this WebApplication app, CancellationToken ct)
    {
        SQLitePCL.Batteries_V2.Init();
        try
        {
            app.Services.GetRequiredService<ProcessLock>().Take();
            var file = app.Services.GetRequiredService<ChatFile>();
            await file.RefuseUnsafeSqliteAsync(ct);
            if (!await IsUpToDateAsync(file, ct)) await MigrateAsync(app, ct);
            return true;
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return false;
        }
    }

    static async Task MigrateAsync(WebApplication app, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ChatDb>().Database.MigrateAsync(ct);
    }

    // EF Core builds its whole model before it can say so, which is half of the time that a start takes.
    static async Task<bool> IsUpToDateAsync(ChatFile file, CancellationToken ct)
    {
        var newest = typeof(ChatDb).Assembly.GetTypes().Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).Max(StringComparer.Ordinal);
        using var session = new SqlSession(await file.OpenAsync(ct));
        var hasHistory = session.First("select 1 from sqlite_master where name = '__EFMigrationsHistory'", _ => true);
        return hasHistory && session.First("""select 1 from "__EFMigrationsHistory" where "MigrationId" = @newest""", _ => true, ("@newest", newest));
    }
}
