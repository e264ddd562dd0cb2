using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Storage;

/// <summary>Where everything is kept: a SQLite file, or a PostgreSQL server when there are several nodes.</summary>
public abstract class Database
{
    /// <summary>The database that a connection string names.</summary>
    /// <param name="connectionString">A PostgreSQL server or a SQLite file; null is a file in <paramref name="dataFolder"/>.</param>
    public static Database Named(string? connectionString, string dataFolder) =>
        PostgresDatabase.IsNamedBy(connectionString) ? new PostgresDatabase(connectionString!) : new ChatFile(connectionString, dataFolder);

    /// <summary>How a transaction begins that is going to write.</summary>
    public abstract string BeginWriting { get; }

    /// <summary>Whether other nodes may be using it.</summary>
    public abstract bool IsShared { get; }

    /// <summary>How many may read at once.</summary>
    public abstract int MaxReaders { get; }

    /// <summary>An open connection with this project's settings.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    /// <summary>Lets go of connections that nobody uses just now, because the server behind them has gone.</summary>
    public abstract void ForgetConnections();

    /// <summary>What came of a statement that failed.</summary>
    public abstract Fault FaultOf(Exception e);

    /// <summary>Registers <see cref="ChatDb"/>.</summary>
    public abstract void AddContext(IServiceCollection services);

    /// <summary>A <see cref="ChatDb"/> for what runs without services.</summary>
    public abstract ChatDb NewContext();

    /// <summary>Refuses a database that is too old, or set up in a way, to be trusted with the promise.</summary>
    /// <exception cref="StartRefusedException">It cannot be trusted, or not be reached.</exception>
    public abstract Task RefuseUnsafeAsync(CancellationToken ct);

    /// <summary>Lets new rows have ids after those that rows came with.</summary>
    public abstract void SkipUsedIds(SqlSession session);

    /// <summary>Creates the tables, or brings older ones up to date. Any number of nodes may do so at once.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        // EF Core builds its whole model before it can say so, which is half of the time that a start takes.
        if (await IsUpToDateAsync(ct)) return;

        await using var others = await WaitForOthersAsync(ct);
        await using var db = NewContext();
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>Waits until no other node is changing the tables, and keeps all from it until the result is disposed; null where there is one node.</summary>
    /// <remarks>EF Core's own lock ends with its first migration; what comes after that, two nodes would do twice.</remarks>
    protected virtual Task<IAsyncDisposable?> WaitForOthersAsync(CancellationToken ct) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Whether the tables are as this program knows them, or newer.</summary>
    public async Task<bool> IsUpToDateAsync(CancellationToken ct)
    {
        using var session = new SqlSession(await OpenAsync(ct));
        return string.CompareOrdinal(NewestMigration(session), MigrationHistory.NewestOf(ContextType)) >= 0;
    }

    /// <summary>The id of the newest migration that has been made, null when there are no tables yet.</summary>
    protected abstract string? NewestMigration(SqlSession session);

    /// <summary>Whose migrations these are.</summary>
    protected abstract Type ContextType { get; }
}
