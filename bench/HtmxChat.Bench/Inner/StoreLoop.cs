using BenchmarkDotNet.Attributes;
using HtmxChat.Bench.Server;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Bench.Inner;

/// <summary>Messages are stored in a real file, fsync and all: one writer waits for each commit, many share them.</summary>
public class StoreLoop : IAsyncDisposable
{
    const int ManyWriters = 64;

    static readonly Draft Text = Draft.Parse("Shall we meet at the usual place tomorrow?", out _)!;

    readonly DataFolder data = DataFolder.Empty();
    GroupCommit writes = null!;
    MessageStore store = null!;
    RoomId room;
    Author author = null!;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        var file = new ChatFile(connectionString: null, data.Path);
        await file.MigrateAsync(CancellationToken.None);
        await using (var db = file.NewContext()) await PopulateAsync(db);
        writes = new GroupCommit(file, TimeProvider.System, NullLogger<GroupCommit>.Instance);
        store = new MessageStore(writes, TimeProvider.System);
        await writes.StartAsync(CancellationToken.None);
    }

    [Benchmark(Description = "store: a message of one writer")]
    public Task One() => PostAsync();

    [Benchmark(Description = "store: a message of 64 writers at once", OperationsPerInvoke = ManyWriters)]
    public Task Many() => Task.WhenAll(Enumerable.Range(0, ManyWriters).Select(_ => PostAsync()));

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await writes.StopAsync(CancellationToken.None);
        writes.Dispose();
        data.Dispose();
        GC.SuppressFinalize(this);
    }

    Task<MessageStore.Stored> PostAsync() => store.PostAsync(room, author, ClientKey.New(), Text, CancellationToken.None);

    async Task PopulateAsync(ChatDb db)
    {
        var person = db.Add(new Person { DisplayName = "Ada", UserName = "Ada", NormalizedUserName = "ADA" });
        var lobby = db.Add(new RoomRow { Name = "Lobby", NameKey = "LOBBY", Topic = "" });
        await db.SaveChangesAsync();
        (room, author) = (new RoomId(lobby.Entity.Id), new Author(new PersonId(person.Entity.Id), "Ada"));
    }
}
