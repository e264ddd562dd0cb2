using HtmxChat.Web.Messages;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Tests.Storage;

/// <summary>What one node has to read and write a database with, without the web.</summary>
public sealed class StorageNode : IAsyncDisposable
{
    StorageNode(Database database, TimeProvider time)
    {
        Database = database;
        Sql = new SqlReader(database, TimeProvider.System);
        Writes = new GroupCommit(database, TimeProvider.System, NullLogger<GroupCommit>.Instance);
        Store = new MessageStore(Writes, time);
    }

    public Database Database { get; }

    public SqlReader Sql { get; }

    public GroupCommit Writes { get; }

    public MessageStore Store { get; }

    /// <param name="time">What the messages say they were sent at.</param>
    public static async Task<StorageNode> StartAsync(Database database, TimeProvider time)
    {
        var node = new StorageNode(database, time);
        await node.Writes.StartAsync(Ct);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await Writes.StopAsync(CancellationToken.None);
        Writes.Dispose();
        Sql.Dispose();
        (Database as IDisposable)?.Dispose();
    }
}
