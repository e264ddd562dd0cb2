using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Storage;

/// <summary>Everything in one SQLite file, for one node.</summary>
public sealed class ChatFile : Database
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

    // Nobody else writes from the beginning on, so nothing that was read can have changed when it is written.
    public override string BeginWriting => "begin immediate";

    // They do not wait for anything but the disk, so there are never more than threads.
    public override bool IsShared => false;

    public override int MaxReaders => int.MaxValue;

    /// <remarks>
    /// synchronous=FULL: with NORMAL a power loss takes acknowledged commits with it. It is set for each connection
    /// because, unlike the journal mode, it is not kept in the file.
    /// </remarks>
    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
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
    public static async Task SetUpAsync(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode=wal; pragma synchronous=full;";
        await command.ExecuteNonQueryAsync(ct);
    }

    // There is no server that could go away.
    public override void ForgetConnections()
    {
    }

    // One process writes, and begins by keeping all others out.
    public override Fault FaultOf(Exception e) => Fault.Final;

    public override void AddContext(IServiceCollection services) => services.AddDbContext<ChatDb>(Configure);

    public override ChatDb NewContext()
    {
        var options = new DbContextOptionsBuilder<ChatDb>();
        Configure(options);
        return new ChatDb(options.Options);
    }

    /// <exception cref="StartRefusedException">SQLite is older than 3.51.3.</exception>
    public override async Task RefuseUnsafeAsync(CancellationToken ct)
    {
        SQLitePCL.Batteries_V2.Init();
        await using var connection = await OpenAsync(ct);
        RefuseUnsafe(connection.ServerVersion);
    }

    // SQLite goes on after the greatest id by itself.
    public override void SkipUsedIds(SqlSession session)
    {
    }

    protected override Type ContextType => typeof(ChatDb);

    protected override string? NewestMigration(SqlSession session) =>
        session.First("select 1 from sqlite_master where name = '__EFMigrationsHistory'", _ => true) ? MigrationHistory.NewestIn(session) : null;

    void Configure(DbContextOptionsBuilder db) => db.UseSqlite(ConnectionString).AddInterceptors(new SettingsPerConnection());

    internal static void RefuseUnsafe(string sqliteVersion)
    {
        if (Version.Parse(sqliteVersion) < OldestSafeSqlite)
            throw new StartRefusedException($"SQLite {sqliteVersion} is too old: HtmxChat needs {OldestSafeSqlite} or later.");
    }
}
