using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace HtmxChat.Web.Storage;

/// <summary>The database.</summary>
public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var folder = Path.Combine(environment.ContentRootPath, configuration["Data:Folder"] ?? "data");
        var database = Database.Named(configuration.GetConnectionString("Chat"), folder);

        services.AddSingleton(_ => database); // not as an instance, which nobody would dispose of
        if (database is ChatFile file) services.AddSingleton(file).AddSingleton<ProcessLock>();
        database.AddContext(services);
        services.AddSingleton<SqlReader>().AddBackground<GroupCommit>();
        services.AddDataProtection().SetApplicationName("HtmxChat");
        services.AddOptions<KeyManagementOptions>().Configure<Database>((keys, kept) => keys.XmlRepository = new StoredKeys(kept));
        return services;
    }

    /// <summary>Creates the database, or brings an older one up to date. Runs before the server listens.</summary>
    /// <returns>False when the program cannot start here; it has been said why.</returns>
    public static async Task<bool> PrepareStorageAsync(this WebApplication app, CancellationToken ct)
    {
        try
        {
            var database = app.Services.GetRequiredService<Database>();
            app.Services.GetService<ProcessLock>()?.Take();
            await database.RefuseUnsafeAsync(ct);
            await database.MigrateAsync(ct);
            return true;
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return false;
        }
    }
}
