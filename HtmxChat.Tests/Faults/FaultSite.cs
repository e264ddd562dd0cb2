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
        site.Chat = new HttpChat(site.Ann, site.Room, server.Database);
        return site;
    }

    /// <summary>Waits until everybody has what there is, and gives what was broken.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(Ledger ledger, IReadOnlyCollection<Viewer> viewers, TimeSpan within)
    {
        var fresh = ShownPage.Load(await Chat.LoadAsync(Ct));
        List<string> late = [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(within);
        foreach (var viewer in viewers)
        {
            try
            {
                await viewer.ReachesAsync(fresh.Position, limit.Token);
            }
            catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
            {
                late.Add($"A page stood at {viewer.Page.Position} after {within}, and not at {fresh.Position}.");
            }
        }
        return [.. late, .. Checker.Check(ledger, await Chat.StoredAsync(Ct), fresh, viewers.Select(v => v.Page))];
    }

    public async Task<List<Viewer>> ViewersAsync(int count)
    {
        var viewers = Enumerable.Range(0, count).Select(_ => new Viewer(Chat)).ToList();
        await Task.WhenAll(viewers.Select(v => v.ArriveAsync(Ct)));
        return viewers;
    }

    public async ValueTask DisposeAsync()
    {
        Ann.Dispose();
        if (proxy is not null) await proxy.DisposeAsync();
        await Server.DisposeAsync();
    }
}
