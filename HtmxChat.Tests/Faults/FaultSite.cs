using System.Net;
using HtmxChat.E2E;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Faults;

/// <summary>The program as a process of its own, set up by Ann, with a room for the test.</summary>
sealed class FaultSite : IAsyncDisposable
{
    readonly Proxy? proxy;

    FaultSite(ChatServer server, Proxy? proxy) => (Server, this.proxy) = (server, proxy);

    public ChatServer Server { get; }

    /// <summary>What everybody goes through.</summary>
    public Proxy Proxy => proxy!;

    public RoomId Room { get; private set; }

    public Browser Ann { get; private set; } = null!;

    /// <summary>Ann's room, as she reaches it.</summary>
    public HttpChat Chat { get; private set; } = null!;

    public static Task<FaultSite> StartAsync() => StartAsync(new ChatServer(), withProxy: false);

    public static Task<FaultSite> StartBehindProxyAsync() => StartAsync(new ChatServer(), withProxy: true);

    public static async Task<FaultSite> StartAsync(ChatServer server, bool withProxy)
    {
        await server.StartAsync();
        var site = new FaultSite(server, withProxy ? new Proxy(server.Port) : null);
        site.Ann = new Browser(new Uri(site.proxy?.Url ?? server.Url), HttpVersion.Version11);
        await site.Ann.SubmitAsync("/setup", ("Site", "Riverside"), ("Name", "Ann"), ("Password", ChatSite.Password));
        site.Room = await site.Ann.NewRoomAsync("Test bench");
        site.Chat = new HttpChat(site.Ann, site.Room, HttpChat.File(server.Database));
        return site;
    }

    /// <inheritdoc cref="Viewer.CheckAsync"/>
    public Task<IReadOnlyList<string>> CheckAsync(Ledger ledger, IReadOnlyCollection<Viewer> viewers, TimeSpan within) => Viewer.CheckAsync(Chat, ledger, viewers, within);

    public Task<List<Viewer>> ViewersAsync(int count) => Viewer.ArriveAsync(Chat, count);

    public async ValueTask DisposeAsync()
    {
        Ann.Dispose();
        if (proxy is not null) await proxy.DisposeAsync();
        await Server.DisposeAsync();
    }
}
