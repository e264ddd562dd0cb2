using HtmxChat.Tests.Storage;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
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
        await ExecuteAsync($"insert into mentions (person_id, room_id, seq, kind, sent_at_ms) values ({bob.Id}, {room}, 3, 1, 0)");
        var mentioned = await database.Writes.WriteAsync(sql => ReadPlaceSql.Mention(sql, room, seq: 3, at: 3, only: null), Ct);
        Assert.Equal([bob.Id], mentioned);

        var known = new Room(room, "Old", "") { CreatedAtMs = 1 };
        unread.HasRead(bob.Id, elsewhere, 1);
        unread.Posted(known, ann.Id, new RoomHead(3, 3, Expired: 0), mentioned);
        await unread.LoadAsync(bob.Id, Ct);

        Assert.Equal(new RoomMark(1, IsMentioned: true), unread.Of(bob.Id, known));
    }

    [Fact]
    public async Task Who_is_let_in_has_read_all_until_then_also_when_they_were_in_before()
    {
        var (room, ann, bob, carol) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        await PostAsync(room, ann, 1);
        await database.Writes.WriteAsync(sql => ReadPlaceSql.Move(sql, bob.Id, room, new Reading.Came(1)), Ct);
        await PostAsync(room, ann, 2);

        foreach (var person in new[] { bob, carol }) await database.Writes.WriteAsync(sql => Move(sql, person), Ct);

        Assert.Equal(["3 3 0", "3 3 0"], await database.Sql.AllAsync($"select seq, messages, mention_seq from read_places where room_id = {room} order by person_id", row => $"{row.GetInt64(0)} {row.GetInt64(1)} {row.GetInt64(2)}", Ct));

        bool Move(SqlSession sql, Author person)
        {
            ReadPlaceSql.MoveToEnd(sql, person.Id, room);
            return true;
        }
    }

    [Fact]
    public async Task Places_that_were_read_a_moment_ago_are_read_anew_when_they_may_have_changed()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        var closed = new Room(room, "Closed", "") { Kind = RoomKind.Closed };
        await PostAsync(room, ann, 3);
        unread.HeadIs(room, new RoomHead(3, 3, Expired: 0));
        await unread.LoadAsync(bob.Id, Ct);
        Assert.Equal(3, unread.Of(bob.Id, closed).Unread);

        await database.Writes.WriteAsync(sql => ReadPlaceSql.Move(sql, bob.Id, room, new Reading.Came(3)), Ct);
        await unread.LoadAsync(bob.Id, Ct);
        Assert.Equal(3, unread.Of(bob.Id, closed).Unread);
        unread.Outdate(bob.Id);
        await unread.LoadAsync(bob.Id, Ct);

        Assert.Equal(0, unread.Of(bob.Id, closed).Unread);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(8, 2)]
    [InlineData(10, 0)]
    public async Task No_more_is_unread_than_the_room_has_kept(long expired, long left)
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        var closed = new Room(room, "Closed", "") { Kind = RoomKind.Closed };
        await unread.LoadAsync(bob.Id, Ct);
        unread.Posted(closed, ann.Id, new RoomHead(10, 10, Expired: 0), [bob.Id]);

        unread.HeadIs(room, new RoomHead(10 + expired, 10, expired));

        Assert.Equal(new RoomMark(left, IsMentioned: left > 0), unread.Of(bob.Id, closed));
        Assert.Equal(left, unread.Of(bob.Id, closed).Unread);
    }

    [Fact]
    public async Task What_somebody_keeps_unread_stays_so_whatever_is_looked_at_until_they_come_back()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        var closed = await PostedAsync(room, ann, bob, ann);
        unread.ComesTo(bob.Id, room, 3);
        await unread.StoreAsync(Ct);

        await unread.KeepAsync(bob.Id, room, first: 1, Ct);
        unread.AreWatched(new HashSet<(PersonId, RoomId)> { (bob.Id, room) });
        unread.HasRead(bob.Id, room, 3);

        foreach (var isStored in new[] { false, true })
        {
            if (isStored) await unread.StoreAsync(Ct);
            await LoadAnewAsync(unread, bob);
            Assert.Equal((2, 0), (unread.Of(bob.Id, closed).Unread, unread.SeenIn(bob.Id, room))); // and not what they have said themselves
        }
        unread.ComesTo(bob.Id, room, 3);
        Assert.Equal(default, unread.Of(bob.Id, closed));
        await unread.StoreAsync(Ct);
        Assert.Equal([3], await SeqsAsync(room, bob));
    }

    [Fact]
    public async Task What_somebody_keeps_unread_reaches_the_other_nodes_and_none_of_them_undoes_it_by_what_it_has_noted_meanwhile()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        var (closed, other) = (await PostedAsync(room, ann, ann, ann), NewUnread());
        unread.HasRead(bob.Id, room, 3);
        await unread.StoreAsync(Ct);
        other.HeadIs(room, new RoomHead(3, 3, Expired: 0));
        await other.LoadAsync(bob.Id, Ct);
        Assert.Equal(default, other.Of(bob.Id, closed));

        await unread.KeepAsync(bob.Id, room, first: 2, Ct);
        await unread.StoreAsync(Ct);
        other.HasRead(bob.Id, room, 3);
        await other.StoreAsync(Ct);
        await other.AskOthersAsync([bob.Id], Ct);

        Assert.Equal((2, 1), (other.Of(bob.Id, closed).Unread, other.SeenIn(bob.Id, room)));
        other.ComesTo(bob.Id, room, 3);
        await other.StoreAsync(Ct);
        await unread.AskOthersAsync([bob.Id], Ct);
        Assert.Equal(default, unread.Of(bob.Id, closed));
    }

    [Fact]
    public async Task Of_what_was_done_in_one_second_the_last_counts()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        await PostedAsync(room, ann, ann, ann);

        unread.ComesTo(bob.Id, room, 3);
        await unread.KeepAsync(bob.Id, room, first: 3, Ct);
        unread.HasRead(bob.Id, room, 3);
        await unread.StoreAsync(Ct);
        Assert.Equal([ReadPlace.KeptAt(2)], await SeqsAsync(room, bob));

        await unread.KeepAsync(bob.Id, room, first: 1, Ct);
        unread.ComesToEnds(bob.Id, [room]);
        await unread.StoreAsync(Ct);
        Assert.Equal([3], await SeqsAsync(room, bob));
    }

    [Fact]
    public async Task A_message_that_was_taken_back_is_not_unread_to_whoever_keeps_what_comes_before_it_so()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        var closed = await PostedAsync(room, ann, ann, ann);
        await unread.KeepAsync(bob.Id, room, first: 2, Ct);
        await unread.StoreAsync(Ct);

        var taken = await database.Store.TakeBackAsync(room, 3, ann.Id, DateTimeOffset.UnixEpoch, Ct);
        unread.TakenBack(room, 3, taken!.Head);

        Assert.Equal(1, unread.Of(bob.Id, closed).Unread);
        await LoadAnewAsync(unread, bob);
        Assert.Equal(1, unread.Of(bob.Id, closed).Unread);
    }

    Unread NewUnread() => new(database.Sql, database.Writes, database.Database, new Caches(new ConfigurationManager()), database.Time);

    static async Task LoadAnewAsync(Unread unread, Author person)
    {
        unread.Outdate(person.Id);
        await unread.LoadAsync(person.Id, Ct);
    }

    /// <summary>A message by each of them in a closed room.</summary>
    async Task<Room> PostedAsync(RoomId room, params Author[] authors)
    {
        foreach (var author in authors) await PostAsync(room, author, 1);
        unread.HeadIs(room, new RoomHead(authors.Length, authors.Length, Expired: 0));
        return new Room(room, "Closed", "") { Kind = RoomKind.Closed };
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
