using System.Net;
using HtmxChat.E2E;
using HtmxChat.Tests.Storage;
using HtmxChat.Web.Previews;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Messages.LinkPreviews;

/// <summary>A site that may look at a server beside it, which has whatever pages a test gives it, under any name that ends in .example.</summary>
public class PreviewSite : SharedSite, IAsyncDisposable
{
    public OddServer Elsewhere { get; } = new();

    protected override Task<(string Key, string Value)[]> SettingsAsync() => Task.FromResult<(string Key, string Value)[]>(
        [("Previews:AllowedNetworks", "127.0.0.0/8"), ("Previews:Ports", $"80 443 {Elsewhere.Port}")]);

    protected override void Replace(IServiceCollection parts) => parts.AddSingleton(services => new LookAtPage(
        services.GetRequiredService<PreviewSettings>(), services.GetRequiredService<OwnAddresses>(),
        (name, _) => Task.FromResult<IPAddress[]>(name.EndsWith(".example", StringComparison.Ordinal) ? [IPAddress.Loopback] : []), services.GetRequiredService<TimeProvider>()));

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Elsewhere.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresPreviewSite(SharedPostgres server) : PreviewSite
{
    (string Key, string Value) database;

    /// <summary>One more node on the database of the site that was started last.</summary>
    public async Task<ChatSite> StartOtherNodeAsync() => await ChatSite.StartEmptyAsync(Replace, [.. await base.SettingsAsync(), database]);

    protected override async Task<(string Key, string Value)[]> SettingsAsync() => [.. await base.SettingsAsync(), database = await PostgresSite.SettingAsync(server)];
}
