using System.Data.Common;
using HtmxChat.Tests.Storage;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages;

/// <summary>On either database.</summary>
public abstract class MessageStoreContract(ChatDatabase database)
{
    [Fact]
    public async Task The_same_key_posted_fifty_times_at_once_is_one_message_with_one_number()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        var key = ClientKey.New();

        var stored = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => database.Store.PostAsync(room, ann, key, Draft("Once."), Ct)));

        Assert.Single(stored, s => s.IsNew);
        Assert.Single(stored.Select(s => s.Message).Distinct());
        Assert.Equal([1], await database.AllAsync<long>($"select seq from messages where room_id = {room}"));
        Assert.Equal([1], await database.AllAsync<long>($"select seq from events where room_id = {room}"));
    }

    [Fact]
    public async Task The_same_key_of_two_people_is_two_messages()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        var key = ClientKey.New();

        var first = await database.Store.PostAsync(room, ann, key, Draft("From Ann."), Ct);
        var second = await database.Store.PostAsync(room, bob, key, Draft("From Bob."), Ct);

        Assert.True(first.IsNew && second.IsNew);
        Assert.Equal((1, 2), (first.Message.Seq, second.Message.Seq));
    }

    [Fact]
    public async Task A_key_stays_used_in_every_room_and_after_the_message_has_changed()
    {
        var (room, elsewhere, ann) = (await database.NewRoomAsync(), await database.NewRoomAsync(), await database.NewPersonAsync());
        var key = ClientKey.New();
        await database.Store.PostAsync(room, ann, key, Draft("First."), Ct);
        await database.Store.DeleteAsync(room, [1], Ct);

        var again = await database.Store.PostAsync(elsewhere, ann, key, Draft("First."), Ct);

        Assert.False(again.IsNew);
        Assert.Equal((room, 1), (again.Message.Room, again.Message.Seq));
        Assert.Empty(await database.AllAsync<long>($"select seq from messages where room_id = {elsewhere}"));
    }

    [Fact]
    public async Task Numbers_are_dense_in_every_room_however_many_write_at_once()
    {
        RoomId[] rooms = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.NewRoomAsync()))];
        Author[] people = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => database.NewPersonAsync()))];

        await Task.WhenAll(people.SelectMany(person => rooms.Select(room => Task.Run(async () =>
        {
            for (var n = 0; n < 20; n++)
            {
                var (message, _, _) = await PostAsync(room, person, $"{n} by {person.Name}");
                if (n % 5 == 1) await database.Store.EditAsync(room, message.Seq, Draft("Edited."), editedAt: null, Ct);
                if (n % 5 == 2) await database.Store.DeleteAsync(room, [message.Seq], Ct);
            }
        }, Ct))));

        // 5 people × (20 posts + 4 edits + 4 deletes)
        List<long> dense = [.. Enumerable.Range(1, 140).Select(n => (long)n)];
        foreach (var room in rooms)
        {
            Assert.Equal(dense, await database.AllAsync<long>($"select seq from events where room_id = {room} order by seq"));
            Assert.Equal([140], await database.AllAsync<long>($"select last_seq from rooms where id = {room}"));
            Assert.Equal(
                await database.AllAsync<long>($"select seq from messages where room_id = {room} order by seq"),
                await database.AllAsync<long>($"select message_seq from events where room_id = {room} and kind = {(int)RoomChange.Posted} order by seq"));
            Assert.Equal(
                await database.AllAsync<long>($"select changed_seq from messages where room_id = {room} order by seq"),
                await database.AllAsync<long>($"select max(seq) from events where room_id = {room} group by message_seq order by message_seq"));
        }
    }

    [Fact]
    public async Task What_is_returned_can_be_read_from_another_connection()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());

        for (var n = 1; n <= 20; n++)
        {
            var (message, _, _) = await PostAsync(room, ann, $"Line {n}.");
            Assert.Equal([$"Line {n}."], await database.AllAsync<string>($"select text from messages where room_id = {room} and seq = {message.Seq}"));
        }
    }

    [Fact]
    public async Task What_is_returned_equals_what_is_read_later()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        database.Time.Advance(TimeSpan.FromTicks(12_345));
        var (posted, _, _) = await PostAsync(room, ann, "Two\nlines, 👩‍🚀 and 'quotes'.");

        await database.ReopenAsync();

        Assert.Equal(posted, await new MessageList(database.Sql).FindAsync(room, posted.Seq, Ct));
    }

    [Fact]
    public async Task Editing_and_deleting_are_numbered_like_posting()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        await PostAsync(room, ann, "Frist.");
        await PostAsync(room, ann, "Second.");

        var edited = (await database.Store.EditAsync(room, 1, Draft("First."), editedAt: null, Ct)).Single();
        var deleted = (await database.Store.DeleteAsync(room, [2], Ct)).Single();

        Assert.Equal((1, 3, "First.", false), (edited.Seq, edited.ChangedSeq, edited.Text, edited.IsDeleted));
        Assert.Equal(database.Time.GetUtcNow().ToUnixTimeMilliseconds(), edited.EditedAt?.ToUnixTimeMilliseconds());
        Assert.Equal((2, 4, "", true), (deleted.Seq, deleted.ChangedSeq, deleted.Text, deleted.IsDeleted));
        Assert.Equal([1, 2, 1, 2], await database.AllAsync<long>($"select message_seq from events where room_id = {room} order by seq"));
    }

    [Fact]
    public async Task Deleting_takes_the_text_out_of_the_database()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        await PostAsync(room, ann, "My secret.");
        Assert.Equal(["My secret."], await database.AllAsync<string>($"select text from messages where room_id = {room}"));

        await database.Store.DeleteAsync(room, [1], Ct);

        Assert.Equal([""], await database.AllAsync<string>($"select text from messages where room_id = {room}"));
    }

    [Fact]
    public async Task What_is_deleted_or_never_was_cannot_be_changed_and_uses_up_no_number()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        await PostAsync(room, ann, "Gone.");
        await database.Store.DeleteAsync(room, [1], Ct);

        Assert.Empty(await database.Store.EditAsync(room, 1, Draft("Back."), editedAt: null, Ct));
        Assert.Empty(await database.Store.DeleteAsync(room, [1], Ct));
        Assert.Empty(await database.Store.EditAsync(room, 99, Draft("Never."), editedAt: null, Ct));

        Assert.Equal([2], await database.AllAsync<long>($"select last_seq from rooms where id = {room}"));
    }

    [Fact]
    public async Task A_room_that_does_not_exist_takes_no_message()
    {
        var ann = await database.NewPersonAsync();

        await Assert.ThrowsAsync<RoomGoneException>(() => PostAsync(new RoomId(999_999), ann, "Hello?"));

        Assert.Empty(await database.AllAsync<long>("select seq from messages where room_id = 999999"));
    }

    [Fact]
    public async Task The_database_itself_refuses_a_key_that_was_used_before()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        await PostAsync(room, ann, "Once.");

        var copy = database.Writes.WriteAsync(sql => sql.Execute(
            $"insert into messages (room_id, seq, changed_seq, author_id, client_key, text, sent_at_ms, placement) select room_id, 99, 99, author_id, client_key, text, sent_at_ms, placement from messages where room_id = {room}"), Ct);

        Assert.Contains("unique", (await Assert.ThrowsAnyAsync<DbException>(() => copy)).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Messages_stand_below_each_other_as_their_author_and_time_say()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());

        Assert.Equal(Placement.OpensDay, await PlaceAsync(ann, TimeSpan.Zero));
        Assert.Equal(Placement.Continues, await PlaceAsync(ann, TimeSpan.FromMinutes(5)));
        Assert.Equal(Placement.OpensGroup, await PlaceAsync(ann, TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(1)));
        Assert.Equal(Placement.OpensGroup, await PlaceAsync(bob, TimeSpan.Zero));
        Assert.Equal(Placement.Continues, await PlaceAsync(bob, TimeSpan.FromSeconds(1)));
        Assert.Equal(Placement.OpensDay, await PlaceAsync(bob, TimeSpan.FromDays(1)));

        async Task<Placement> PlaceAsync(Author author, TimeSpan later)
        {
            database.Time.Advance(later);
            return (await PostAsync(room, author, "…")).Message.Placement;
        }
    }

    Task<MessageStore.Stored> PostAsync(RoomId room, Author author, string text) => database.Store.PostAsync(room, author, ClientKey.New(), Draft(text), Ct);

    static Draft Draft(string text) => Web.Messages.Draft.Parse(text, out _)!;
}

public sealed class SqliteMessageStoreTests(SqliteChatDatabase database) : MessageStoreContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresMessageStoreTests(PostgresChatDatabase database) : MessageStoreContract(database), IClassFixture<PostgresChatDatabase>;
