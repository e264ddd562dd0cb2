using HtmxChat.Tests.Storage;

namespace HtmxChat.Tests;

/// <summary>A site on PostgreSQL.</summary>
public sealed class PostgresSite(SharedPostgres server) : SharedSite
{
    protected override async Task<(string Key, string Value)[]> SettingsAsync() => [await SettingAsync(server)];

    /// <summary>The setting that has a site use a database of its own.</summary>
    public static async Task<(string Key, string Value)> SettingAsync(SharedPostgres server) => ("ConnectionStrings:Chat", await server.NewDatabaseAsync());
}
