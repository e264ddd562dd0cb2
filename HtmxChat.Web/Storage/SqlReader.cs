using System.Collections.Concurrent;
using System.Data.Common;

namespace HtmxChat.Web.Storage;

/// <summary>Reads with exact SQL, over connections that are kept open with their statements prepared. Safe for any number of threads.</summary>
public sealed class SqlReader(Func<CancellationToken, Task<DbConnection>> open) : IAsyncDisposable
{
    readonly ConcurrentBag<SqlSession> idle = [];

    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> AllAsync<T>(string sql, Func<DbDataReader, T> row, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        var session = idle.TryTake(out var kept) ? kept : new SqlSession(await open(ct));
        try
        {
            var rows = session.All(sql, row, parameters);
            idle.Add(session);
            return rows;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out var session)) await session.DisposeAsync();
    }
}
