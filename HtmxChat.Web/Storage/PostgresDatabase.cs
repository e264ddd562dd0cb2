using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HtmxChat.Web.Storage;

/// <summary>Everything on a PostgreSQL server, for any number of nodes.</summary>
public sealed class PostgresDatabase : Database, IDisposable
{
    const int OldestVersion = 15;

    /// <summary>The connection was closed as <see cref="PostgresSettings"/> asks for; Npgsql has no name for it.</summary>
    const string IdleInTransaction = "25P03";

    // Any number that nobody else locks in this database.
    const long MigrationLock = 4858;

    readonly NpgsqlDataSource source;
    readonly string name;
    readonly int maxConnections;

    /// <param name="connectionString">Npgsql's own form, or a URL.</param>
    public PostgresDatabase(string connectionString)
    {
        var settings = PostgresSettings.Read(connectionString);
        (name, maxConnections) = ($"{settings.Host}:{settings.Port}", settings.MaxPoolSize);
        source = NpgsqlDataSource.Create(settings);
    }

    /// <summary>Whether a connection string names a PostgreSQL server.</summary>
    public static bool IsNamedBy(string? connectionString) => connectionString is not null && PostgresSettings.AreIn(connectionString);

    // Rows are locked as they are changed; the room's own row makes writers of one room wait for each other.
    public override string BeginWriting => "begin";

    // Some connections are left for the writer and for EF Core.
    public override bool IsShared => true;

    public override int MaxReaders => Math.Max(1, maxConnections - 10);

    public override async Task<DbConnection> OpenAsync(CancellationToken ct) => await source.OpenConnectionAsync(ct);

    public override void ForgetConnections() => source.Clear();

    public override Fault FaultOf(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => Fault.Taken,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => Fault.Undone,
        PostgresException said => IsAway(said.SqlState) ? Fault.Away : Fault.Final,
        NpgsqlException => Fault.Away,
        _ => Fault.Final,
    };

    public override void AddContext(IServiceCollection services) => services.AddDbContext<ChatDb, PostgresChatDb>(Configure);

    public override ChatDb NewContext()
    {
        var options = new DbContextOptionsBuilder<PostgresChatDb>();
        Configure(options);
        return new PostgresChatDb(options.Options);
    }

    /// <exception cref="StartRefusedException">
    /// PostgreSQL is older than 15, or set so that a power loss would take confirmed messages with it, or cannot be reached.
    /// </exception>
    public override async Task RefuseUnsafeAsync(CancellationToken ct)
    {
        try
        {
            var connection = await source.OpenConnectionAsync(ct);
            using var session = new SqlSession(connection);
            RefuseUnsafe(connection.PostgreSqlVersion);
            foreach (var setting in new[] { "fsync", "full_page_writes", "synchronous_commit" })
                RefuseUnsafe(setting, session.First("select current_setting(@name)", row => row.GetString(0), ("@name", setting))!);
        }
        catch (NpgsqlException e)
        {
            throw new StartRefusedException($"HtmxChat cannot use the PostgreSQL server at {name}: {e.InnerException?.Message ?? e.Message}");
        }
    }

    internal static void RefuseUnsafe(Version version)
    {
        if (version.Major < OldestVersion) throw new StartRefusedException($"PostgreSQL {version} is too old: HtmxChat needs {OldestVersion} or later.");
    }

    internal static void RefuseUnsafe(string setting, string value)
    {
        if (value == "off") throw new StartRefusedException($"PostgreSQL is set to {setting}=off: a power loss would take confirmed messages with it. Switch it on.");
    }

    public override void SkipUsedIds(SqlSession session)
    {
        var identities = session.All(
            "select table_name, column_name from information_schema.columns where table_schema = current_schema() and is_identity = 'YES'",
            row => (Table: row.GetString(0), Column: row.GetString(1)));
        foreach (var (table, column) in identities)
            session.Execute($"select setval(pg_get_serial_sequence('{table}', '{column}'), (select coalesce(max({column}), 0) + 1 from {table}), false)");
    }

    public void Dispose() => source.Dispose();

    // Of the session: a transaction that is idle while the tables are changed by another would be ended after 3 s.
    protected override async Task<IAsyncDisposable?> WaitForOthersAsync(CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = ($"select pg_advisory_lock({MigrationLock})", 0);
        await command.ExecuteNonQueryAsync(ct);
        return new Held(connection);
    }

    protected override Type ContextType => typeof(PostgresChatDb);

    protected override string? NewestMigration(SqlSession session) =>
        session.First("""select to_regclass('"__EFMigrationsHistory"') is not null""", row => row.GetBoolean(0)) ? MigrationHistory.NewestIn(session) : null;

    sealed class Held(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = $"select pg_advisory_unlock({MigrationLock})";
                await command.ExecuteNonQueryAsync();
            }
            await connection.DisposeAsync();
        }
    }

    void Configure(DbContextOptionsBuilder db) => db.UseNpgsql(source).AddInterceptors(new LivingConnections(source));

    // Class 08 is the connection itself; a server that can only be read was the one to write to until another took over.
    static bool IsAway(string state) => state.StartsWith("08", StringComparison.Ordinal) || state is
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or
        IdleInTransaction or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction;
}
