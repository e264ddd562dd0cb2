using System.Collections.Concurrent;
using System.Data.Common;

namespace HtmxChat.Web.Storage;

/// <summary>Reads with exact SQL, over connections that are kept open with their statements prepared. Safe for any number of threads.</summary>
public sealed class SqlReader(Database database, TimeProvider time) : IDisposable
{
    /// <summary>How long a read waits for a database that is away, for example because it is being restarted.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    readonly ConcurrentBag<SqlSession> idle = [];
#pragma warning disable CA2213 // Nothing asks for its wait handle, so it holds nothing to dispose of.
    readonly SemaphoreSlim places = new(database.MaxReaders);

    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> AllAsync<T>(string sql, Func<DbDataReader, T> row, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await TryAsync(sql, row, parameters, ct);
            }
            catch (Exception e) when (database.FaultOf(e) == Fault.Away && time.GetElapsedTime(began) < Patience)
            {
                Forget();
                await Task.Delay(BetweenTries, time, ct);
            }
        }
    }

    public void Dispose() => Forget();

    async Task<List<T>> TryAsync<T>(string sql, Func<DbDataReader, T> row, (string Name, object? Value)[] parameters, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        SqlSession? session = null;
        try
        {
            session = idle.TryTake(out var kept) ? kept : new SqlSession(await database.OpenAsync(ct));
            var rows = await session.AllAsync(sql, row, ct, parameters);
            idle.Add(session);
            return rows;
        }
        catch
        {
            session?.Dispose();
            throw;
        }
        finally
        {
            places.Release();
        }
    }

    // After a restart of the database none of those that were kept leads anywhere.
    void Forget()
    {
        while (idle.TryTake(out var session)) session.Dispose();
        database.ForgetConnections();
    }
}
