using System.Collections.Concurrent;
using System.Data.Common;

namespace HtmxChat.Web.Storage;

/// <summary>Reads with exact SQL, over connections that are kept open with their statements prepared. Safe for any number of threads.</summary>
public sealed class SqlReader(Func<CancellationToken, Task<DbConnection>> open) : IDisposable
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
            session.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var session)) session.Dispose();
    }
}
