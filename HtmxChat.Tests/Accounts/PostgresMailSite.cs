using HtmxChat.Tests.Storage;

namespace HtmxChat.Tests.Accounts;

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresMailSite(SharedPostgres server) : MailSite
{
    protected override async Task<(string Key, string Value)[]> SettingsAsync() => [await PostgresSite.SettingAsync(server)];
}
