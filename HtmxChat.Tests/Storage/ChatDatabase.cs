using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Storage;

/// <summary>A database on disk with what reads and writes it, without the web.</summary>
public abstract class ChatDatabase : IAsyncLifetime
{
    StorageNode node = null!;
    int names;

    /// <summary>Noon, so that no test begins near the end of a day.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    public Database Database => node.Database;

    public GroupCommit Writes => node.Writes;

    public MessageStore Store => node.Store;

    public SqlReader Sql => node.Sql;

    public virtual async ValueTask InitializeAsync()
    {
        node = await StartNodeAsync();
        await Database.MigrateAsync(Ct);
    }

    /// <summary>One more node on the same database.</summary>
    public Task<StorageNode> StartNodeAsync() => StorageNode.StartAsync(NewDatabase(), Time);

    /// <summary>Closes everything and opens the database again.</summary>
    public async Task ReopenAsync()
    {
        await node.DisposeAsync();
        LetGo();
        node = await StartNodeAsync();
    }

    public async Task<Author> NewPersonAsync()
    {
        await using var db = Database.NewContext();
        var name = $"Person {Interlocked.Increment(ref names)}";
        var person = db.Add(new Person { DisplayName = name, UserName = name, NormalizedUserName = PlainLine.Key(name) });
        await db.SaveChangesAsync(Ct);
        return new Author(new PersonId(person.Entity.Id), name);
    }

    public async Task<RoomId> NewRoomAsync()
    {
        await using var db = Database.NewContext();
        var name = $"Room {Interlocked.Increment(ref names)}";
        var room = db.Add(new RoomRow { Name = name, NameKey = PlainLine.Key(name), Topic = "" });
        await db.SaveChangesAsync(Ct);
        return new RoomId(room.Entity.Id);
    }

    /// <summary>The first column of a query, from a connection of its own.</summary>
    public Task<List<T>> AllAsync<T>(string sql) => Sql.AllAsync(sql, row => row.GetFieldValue<T>(0), Ct);

    public virtual async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        LetGo();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens it once more.</summary>
    protected abstract Database NewDatabase();

    /// <summary>Closes what is kept open for whoever comes next.</summary>
    protected virtual void LetGo()
    {
    }
}

/// <summary>A file.</summary>
public sealed class SqliteChatDatabase : ChatDatabase
{
    readonly string folder = Directory.CreateTempSubdirectory("htmxchat-").FullName;

    public ChatFile File => (ChatFile)Database;

    protected override Database NewDatabase() => new ChatFile(connectionString: null, folder);

    protected override void LetGo()
    {
        using var pooled = new SqliteConnection(File.ConnectionString);
        SqliteConnection.ClearPool(pooled);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>One of the databases of a server.</summary>
public sealed class PostgresChatDatabase : ChatDatabase
{
    readonly Func<Task<string>> create;

    public PostgresChatDatabase(SharedPostgres server) : this(server.NewDatabaseAsync)
    {
    }

    internal PostgresChatDatabase(Func<Task<string>> create) => this.create = create;

    /// <summary>Names it.</summary>
    public string ConnectionString { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        ConnectionString = await create();
        await base.InitializeAsync();
    }

    protected override Database NewDatabase() => new PostgresDatabase(ConnectionString);
}
