using HtmxChat.Tests.Servers;

[assembly: AssemblyFixture(typeof(HtmxChat.Tests.Storage.SharedPostgres))]

namespace HtmxChat.Tests.Storage;

/// <summary>One PostgreSQL for all tests that do not end it, started for the first of them.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    readonly Lazy<Task<PostgresServer>> server = new(PostgresServer.StartNewAsync);

    /// <summary>The connection string of a database of its own.</summary>
    public async Task<string> NewDatabaseAsync() => await (await server.Value).NewDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated) await (await server.Value).DisposeAsync();
    }
}
