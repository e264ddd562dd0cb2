using HtmxChat.Tests.Storage;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using Microsoft.Extensions.Configuration;

namespace HtmxChat.Tests.Rooms;

/// <summary>How far people have read, in memory and in the database.</summary>
public abstract class ReadPlacesContract(ChatDatabase database)
{
    readonly Unread unread = new(database.Sql, database.Writes, database.Database, new Caches(new ConfigurationManager()), database.Time);

    [Fact]
    public async Task Nobody_has_read_further_than_the_room_has_come()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        await PostAsync(room, ann, 2);

        unread.HasRead(bob.Id, room, 999);
        await unread.StoreAsync(Ct);

        Assert.Equal([2], await SeqsAsync(room, bob));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_stored_the_next_time()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        await PostAsync(room, ann, 2);
        unread.HasRead(bob.Id, room, 1);

        await ExecuteAsync("alter table read_places rename to read_places_away");
        await Assert.ThrowsAnyAsync<Exception>(() => unread.StoreAsync(Ct));
        await ExecuteAsync("alter table read_places_away rename to read_places");
        Assert.Empty(await SeqsAsync(room, bob));
        await unread.StoreAsync(Ct);

        Assert.Equal([1], await SeqsAsync(room, bob));
    }

    [Fact]
    public async Task A_mention_of_somebody_of_whom_nothing_has_been_read_yet_is_one_message_and_not_the_whole_room()
    {
        var (room, elsewhere, ann, bob) = (await database.NewRoomAsync(), await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        await ExecuteAsync($"update rooms set created_at_ms = 1 where id = {room}");
        await ExecuteAsync($"update people set joined_at_ms = 2 where id = {bob.Id}");
        await PostAsync(room, ann, 3);
        var mentioned = await database.Writes.WriteAsync(sql => ReadPlaceSql.Mention(sql, room, ann.Id, 3, [PlainLine.Key(bob.Name)]), Ct);
        Assert.Equal([bob.Id], mentioned);

        var known = new Room(room, "Old", "") { CreatedAtMs = 1 };
        unread.HasRead(bob.Id, elsewhere, 1);
        unread.Posted(known, ann.Id, new RoomHead(3, 3), mentioned);
        await unread.LoadAsync(bob.Id, Ct);

        Assert.Equal(new RoomMark(1, IsMentioned: true), unread.Of(bob.Id, known));
    }

    async Task PostAsync(RoomId room, Author author, int count)
    {
        for (var n = 1; n <= count; n++) await database.Store.PostAsync(room, author, ClientKey.New(), Draft.Parse($"Number {n}.", out _)!, Ct);
    }

    Task<int> ExecuteAsync(string statement) => database.Writes.WriteAsync(sql => sql.Execute(statement), Ct);

    Task<List<long>> SeqsAsync(RoomId room, Author person) => database.AllAsync<long>($"select seq from read_places where room_id = {room} and person_id = {person.Id}");
}

public sealed class SqliteReadPlacesTests(SqliteChatDatabase database) : ReadPlacesContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresReadPlacesTests(PostgresChatDatabase database) : ReadPlacesContract(database), IClassFixture<PostgresChatDatabase>;
