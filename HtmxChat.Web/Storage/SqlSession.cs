using System.Data.Common;

namespace HtmxChat.Web.Storage;

/// <summary>One open connection with its statements prepared once. For one thread at a time.</summary>
public sealed class SqlSession(DbConnection connection) : IDisposable
{
    const int MaxPrepared = 64;

    readonly Dictionary<string, DbCommand> commands = [];

    /// <summary>For what is no statement, such as COPY.</summary>
    internal DbConnection Connection => connection;

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Command(sql, parameters).ExecuteNonQuery();

    /// <summary>The first row, or default when there is none.</summary>
    public T? First<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Command(sql, parameters).ExecuteReader();
        return reader.Read() ? row(reader) : default;
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Command(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>All rows, without holding a thread while the database is at work.</summary>
    public async Task<List<T>> AllAsync<T>(string sql, Func<DbDataReader, T> row, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await using var reader = await Command(sql, parameters).ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }

    /// <summary>Takes back what the open transaction has done.</summary>
    public void RollBack()
    {
        try
        {
            Execute("rollback");
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The database has done so by itself, as SQLite does when the disk is full, or the connection is closed.
        }
    }

    DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            if (commands.Count == MaxPrepared) Forget();
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of this program; values travel as parameters only.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }
            commands[sql] = command;
        }

        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }

    // Statements whose text holds a list differ from call to call.
    void Forget()
    {
        foreach (var command in commands.Values) command.Dispose();
        commands.Clear();
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }
}
