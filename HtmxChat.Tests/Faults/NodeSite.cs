using System.Net;
using HtmxChat.E2E;
using HtmxChat.Tests.Servers;
using Npgsql;

namespace HtmxChat.Tests.Faults;

/// <summary>One site on two nodes, each a process of its own, on a PostgreSQL and a Redis of their own, behind nginx; set up by Ann.</summary>
public sealed class NodeSite : IAsyncLifetime
{
    readonly Stack<IAsyncDisposable> parts = new();
    string database = "";
    int rooms;

    public PostgresServer Postgres { get; private set; } = null!;

    public RedisServer Redis { get; private set; } = null!;

    public ChatServer First { get; private set; } = null!;

    public ChatServer Second { get; private set; } = null!;

    public Browser Ann { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Postgres = Keep(await PostgresServer.StartNewAsync());
        Redis = Keep(new RedisServer());
        await Redis.StartAsync();
        database = await Postgres.NewDatabaseAsync();
        string[] both = ["--ConnectionStrings:Chat", database, "--ConnectionStrings:Redis", Redis.ConnectionString];
        (First, Second) = (Keep(new ChatServer(both)), Keep(new ChatServer(both)));
        await Task.WhenAll(First.StartAsync(), Second.StartAsync());
        var nginx = Keep(await Nginx.StartAsync(First, Second));

        Ann = new Browser(nginx.Address, HttpVersion.Version11);
        await Ann.SubmitAsync("/setup", ("Site", "Riverside"), ("Name", "Ann"), ("Password", ChatSite.Password));
    }

    /// <summary>A room of its own for a test.</summary>
    internal async Task<NodeRoom> NewRoomAsync()
    {
        var id = await Ann.NewRoomAsync($"Test bench {Interlocked.Increment(ref rooms)}");
        return new NodeRoom(id, new HttpChat(Ann, id, () => new NpgsqlConnection($"{database};Pooling=false")));
    }

    public async ValueTask DisposeAsync()
    {
        Ann?.Dispose();
        while (parts.TryPop(out var part)) await part.DisposeAsync();
    }

    T Keep<T>(T part) where T : IAsyncDisposable
    {
        parts.Push(part);
        return part;
    }
}
