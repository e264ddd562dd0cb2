using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Storage;

/// <summary>A database on disk with what reads and writes it, without the web.</summary>
public sealed class ChatDatabase : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("htmxchat-").FullName;
    int names;

    /// <summary>Noon, so that no test begins near the end of a day.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    public ChatFile File { get; private set; } = null!;

    public GroupCommit Writes { get; private set; } = null!;

    public MessageStore Store { get; private set; } = null!;

    public SqlReader Sql { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        File = new ChatFile(connectionString: null, folder);
        await using var db = OpenEf();
        await db.Database.MigrateAsync(Ct);
        await OpenAsync();
    }

    /// <summary>A connection as EF Core opens it.</summary>
    public ChatDb OpenEf() => new(new DbContextOptionsBuilder<ChatDb>().UseSqlite(File.ConnectionString).AddInterceptors(new SettingsPerConnection()).Options);

    /// <summary>Closes everything and opens the file again.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public async Task<Author> NewPersonAsync()
    {
        await using var db = OpenEf();
        var name = $"Person {Interlocked.Increment(ref names)}";
        var person = db.Add(new Person { UserName = name, NormalizedUserName = PlainLine.Key(name) });
        await db.SaveChangesAsync(Ct);
        return new Author(new PersonId(person.Entity.Id), name);
    }

    public async Task<RoomId> NewRoomAsync()
    {
        await using var db = OpenEf();
        var name = $"Room {Interlocked.Increment(ref names)}";
        var room = db.Add(new RoomRow { Name = name, NameKey = PlainLine.Key(name), Topic = "" });
        await db.SaveChangesAsync(Ct);
        return new RoomId(room.Entity.Id);
    }

    /// <summary>The first column of a query, from a connection of its own.</summary>
    public Task<List<T>> AllAsync<T>(string sql) => Sql.AllAsync(sql, row => row.GetFieldValue<T>(0), Ct);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(folder, recursive: true);
    }

    async Task OpenAsync()
    {
        Sql = new SqlReader(async ct => await File.OpenAsync(ct));
        Writes = new GroupCommit(async ct => await File.OpenAsync(ct), NullLogger<GroupCommit>.Instance);
        Store = new MessageStore(Writes, Time);
        await Writes.StartAsync(Ct);
    }

    async Task CloseAsync()
    {
        await Writes.StopAsync(CancellationToken.None);
        Writes.Dispose();
        await using var pooled = new SqliteConnection(File.ConnectionString);
        SqliteConnection.ClearPool(pooled);
    }
}
