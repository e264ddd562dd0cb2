using Microsoft.Data.Sqlite;

namespace HtmxChat.Web.Storage;

/// <summary>Where the SQLite database is, and how it is opened.</summary>
public sealed class ChatFile
{
    /// <summary>The first release without a known fault that could lose a committed change to a WAL database.</summary>
    static readonly Version OldestSafeSqlite = new(3, 51, 3);

    /// <param name="connectionString">Names the file; null puts it into <paramref name="dataFolder"/>.</param>
    /// <param name="dataFolder">Is created when it is missing.</param>
    public ChatFile(string? connectionString, string dataFolder)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString ?? "") { ForeignKeys = true, DefaultTimeout = 5 };
        if (connectionString is null) builder.DataSource = System.IO.Path.Combine(dataFolder, "chat.db");

        Path = System.IO.Path.GetFullPath(builder.DataSource);
        ConnectionString = builder.ConnectionString;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    public string ConnectionString { get; }

    /// <summary>An open connection with this project's settings.</summary>
    /// <remarks>
    /// synchronous=FULL: with NORMAL a power loss takes acknowledged commits with it. It is set for each connection
    /// because, unlike the journal mode, it is not kept in the file.
    /// </remarks>
    public async Task<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await SetUpAsync(connection, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives an open connection this project's settings.</summary>
    public static async Task SetUpAsync(System.Data.Common.DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode=wal; pragma synchronous=full;";
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Refuses a SQLite that is too old to be trusted with the promise.</summary>
    /// <exception cref="StartRefusedException">SQLite is older than 3.51.3.</exception>
    public async Task RefuseUnsafeSqliteAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        RefuseUnsafe(connection.ServerVersion);
    }

    internal static void RefuseUnsafe(string sqliteVersion)
    {
        if (Version.Parse(sqliteVersion) < OldestSafeSqlite)
            throw new StartRefusedException($"SQLite {sqliteVersion} is too old: HtmxChat needs {OldestSafeSqlite} or later.");
    }
}
