using HtmxChat.Tests.Storage;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HtmxChat.Tests.Rooms;

/// <summary>A site with more people than a page lists. Ann looks after it.</summary>
public abstract class CrowdedSite : IAsyncLifetime
{
    /// <summary>Who have a number for a name, each.</summary>
    public const int Many = 1_200;

    /// <summary>Everybody but Ann.</summary>
    public static readonly string[] Names = [.. Enumerable.Range(1, Many).Select(n => $"Many {n}"), "Zoë Ölander", "Élodie-Marie Zwart", "Wool 100%", "Zz_Top"];

    public ChatSite Site { get; private set; } = null!;

    public Browser Ann { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await StartAsync();
        Ann = await Site.SetUpByAnnAsync();
        await using var scope = Site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDb>();
        db.AddRange(Names.Select(name =>
        {
            var handle = Handle.From(name).Text;
            return new Person { DisplayName = name, UserName = handle, NormalizedUserName = PlainLine.Key(handle), SecurityStamp = handle };
        }));
        await db.SaveChangesAsync(Ct);
    }

    public async Task<string> IdOfAsync(string name) =>
        Assert.Single(await Site.Services.GetRequiredService<SqlReader>().AllAsync("select id from people where display_name = @name", row => $"{row.GetInt64(0)}", Ct, ("@name", name)));

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ChatSite> StartAsync();
}

public sealed class SqliteCrowdedSite : CrowdedSite
{
    protected override Task<ChatSite> StartAsync() => ChatSite.StartEmptyAsync();
}

public sealed class PostgresCrowdedSite(SharedPostgres server) : CrowdedSite
{
    protected override async Task<ChatSite> StartAsync() => await ChatSite.StartEmptyAsync(await PostgresSite.SettingAsync(server));
}
