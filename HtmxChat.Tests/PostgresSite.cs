using HtmxChat.Tests.Storage;

namespace HtmxChat.Tests;

/// <summary>A site on PostgreSQL.</summary>
public sealed class PostgresSite(SharedPostgres server) : SharedSite
{
    /// <summary>Of the database of the site that all share, and of no other that was started beside it.</summary>
    public string ConnectionString { get; private set; } = null!;

    /// <summary>The setting that has a site use a database of its own.</summary>
    public static async Task<(string Key, string Value)> SettingAsync(SharedPostgres server) => ("ConnectionStrings:Chat", await server.NewDatabaseAsync());

    /// <summary>One more node on the same database.</summary>
    public Task<ChatSite> StartOtherNodeAsync() => ChatSite.StartEmptyAsync(("ConnectionStrings:Chat", ConnectionString));

    protected override async Task<(string Key, string Value)[]> SettingsAsync()
    {
        var setting = await SettingAsync(server);
        ConnectionString ??= setting.Value;
        return [setting];
    }
}
