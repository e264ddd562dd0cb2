using HtmxChat.Tests.Storage;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Threads;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Threads;

/// <summary>Messages in threads, on either database.</summary>
public abstract class ThreadStoreContract(ChatDatabase database)
{
    [Fact]
    public async Task Twenty_who_write_in_a_thread_at_once_are_all_counted_and_none_of_them_in_the_room()
    {
        var (room, ann, bob) = await BeginAsync();

        var stored = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => ReplyAsync(room, n % 2 == 0 ? ann : bob, $"{n}")));

        Assert.Equal((20, 1L), (await CountAsync(room), await MessageCountAsync(room)));
        Assert.Equal(20, stored.Max(s => s.Root!.Thread.Count));
        Assert.Equal(Enumerable.Range(1, 41).Select(n => (long)n), await database.AllAsync<long>($"select seq from events where room_id = {room} order by seq"));
        Assert.Equal([1L], (await List.BeforeAsync(room, before: null, from: 0, Ct)).Messages.Select(m => m.Seq));
        Assert.Equal(20, (await List.BeforeInThreadAsync(room, 1, before: null, Ct)).Messages.Count);
        Assert.Equal([1], await database.AllAsync<long>($"select count(*) from messages where room_id = {room} and seq = 1 and changed_seq = 41"));
    }

    [Fact]
    public async Task What_the_room_shows_too_is_counted_and_listed_in_both_and_says_what_it_is_about()
    {
        var (room, _, bob) = await BeginAsync();

        var both = await ReplyAsync(room, bob, "For all.", isInRoomToo: true);

        Assert.Equal(("Root.", 2L, 1), (both.Message.Answers?.Text, await MessageCountAsync(room), both.Root!.Thread.Count));
        Assert.Equal([1L, 2L], (await List.BeforeAsync(room, before: null, from: 0, Ct)).Messages.Select(m => m.Seq));
        Assert.Equal([2L], (await List.BeforeInThreadAsync(room, 1, before: null, Ct)).Messages.Select(m => m.Seq));
    }

    [Fact]
    public async Task Pages_of_the_room_skip_what_is_in_threads_whichever_way_they_go()
    {
        var (room, ann, bob) = await BeginAsync();
        for (var n = 0; n < 3; n++)
        {
            await ReplyAsync(room, bob, "aside");
            await PostAsync(room, ann, "in the room");
        }
        long[] listed = [.. (await List.BeforeAsync(room, before: null, from: 0, Ct)).Messages.Select(m => m.Seq)];
        Assert.Equal([1, 4, 7, 10], listed);

        Assert.Equal(listed[..2], (await List.BeforeAsync(room, before: 7, from: 0, Ct)).Messages.Select(m => m.Seq));
        Assert.Equal(listed[1..], (await List.AfterAsync(room, 1, from: 0, Ct)).Messages.Select(m => m.Seq));
        Assert.Equal(listed, (await List.AroundAsync(room, 4, from: 0, Ct))!.Messages.Select(m => m.Seq));
        Assert.Null(await List.AroundAsync(room, 2, from: 0, Ct));
        Assert.Equal([2, 5, 8], (await List.AroundInThreadAsync(room, 1, 5, Ct))!.Messages.Select(m => m.Seq));
    }

    [Fact]
    public async Task Deleting_and_restoring_and_taking_back_keep_the_count_and_the_time()
    {
        var (room, ann, bob) = await BeginAsync();
        var first = (await ReplyAsync(room, bob, "one")).Message;
        database.Time.Advance(TimeSpan.FromMinutes(3));
        var second = (await ReplyAsync(room, ann, "two")).Message;
        Assert.Equal((2, second.SentAt), await PlaceAsync(room));

        var deleted = await database.Store.DeleteAsync(room, [second.Seq], Ct);
        Assert.Equal((1, first.SentAt), await PlaceAsync(room));
        Assert.Equal([second.Seq, 1], deleted.Select(m => m.Seq));
        Assert.Empty(await database.Store.DeleteAsync(room, [second.Seq], Ct));

        await database.Store.RestoreAsync(room, new Undo.DeletedText(Person: 0, room.Value, second.Seq, deleted[0].ChangedSeq, "two"), here: [], Ct);
        Assert.Equal((2, second.SentAt), await PlaceAsync(room));

        var taken = await database.Store.TakeBackAsync(room, second.Seq, ann.Id, second.SentAt, Ct);
        Assert.Equal((1, first.SentAt), await PlaceAsync(room));
        Assert.Equal([1L], taken!.Changed.Select(m => m.Seq));
        await database.Store.RemoveAsync(room, [1, first.Seq], Ct);
        Assert.Equal((0, null as DateTimeOffset?), await PlaceAsync(room));
        Assert.Equal(1, await MessageCountAsync(room));
    }

    [Fact]
    public async Task What_others_have_begun_a_thread_with_cannot_be_taken_back_and_what_was_deleted_gets_no_more_replies()
    {
        var (room, ann, bob) = await BeginAsync();
        var root = (await ReplyAsync(room, bob, "one")).Root!;

        Assert.Null(await database.Store.TakeBackAsync(room, 1, ann.Id, root.SentAt, Ct));

        await database.Store.DeleteAsync(room, [1], Ct);
        await Assert.ThrowsAsync<ThreadGoneException>(() => ReplyAsync(room, bob, "too late"));
        Assert.Equal([2L], (await List.BeforeInThreadAsync(room, 1, before: null, Ct)).Messages.Select(m => m.Seq));
        Assert.Equal(1, await CountAsync(room));
    }

    [Fact]
    public async Task A_thread_has_no_threads()
    {
        var (room, ann, bob) = await BeginAsync();
        var reply = (await ReplyAsync(room, bob, "one")).Message;

        await Assert.ThrowsAsync<ThreadGoneException>(() => ReplyAsync(room, ann, "deeper", reply.Seq));
        await Assert.ThrowsAsync<ThreadGoneException>(() => ReplyAsync(room, ann, "nowhere", 999));

        Assert.Equal([3], await database.AllAsync<long>($"select last_seq from rooms where id = {room}"));
    }

    [Fact]
    public async Task Messages_stand_below_each_other_in_each_list_for_itself()
    {
        var (room, ann, bob) = await BeginAsync();

        Assert.Equal(Placement.OpensGroup, (await ReplyAsync(room, ann, "by who began it, below the line")).Message.Placement);
        Assert.Equal(Placement.Continues, (await PostAsync(room, ann, "goes on in the room")).Message.Placement);
        Assert.Equal(Placement.OpensGroup, (await ReplyAsync(room, bob, "another")).Message.Placement);
        Assert.Equal(Placement.Continues, (await ReplyAsync(room, bob, "goes on in the thread")).Message.Placement);
        Assert.Equal(Placement.OpensGroup, (await ReplyAsync(room, bob, "in both", isInRoomToo: true)).Message.Placement);
    }

    [Fact]
    public async Task Who_began_it_and_who_writes_follow_and_who_has_said_no_does_not()
    {
        var (room, ann, bob) = await BeginAsync();
        await ReplyAsync(room, bob, "one");
        Assert.Equal([$"{ann.Id} 1 True", $"{bob.Id} 2 True"], await FollowersAsync(room));

        await database.Writes.WriteAsync(sql => sql.Execute("update thread_followers set is_following = @no where room_id = @room and person_id = @bob", ("@no", false), ("@room", room.Value), ("@bob", bob.Id.Value)), Ct);
        await ReplyAsync(room, bob, "two");

        Assert.Equal([$"{ann.Id} 1 True", $"{bob.Id} 4 False"], await FollowersAsync(room));
    }

    MessageList List => new(database.Sql);

    async Task<(RoomId Room, Author Ann, Author Bob)> BeginAsync()
    {
        var (room, ann, bob) = (await database.NewRoomAsync(), await database.NewPersonAsync(), await database.NewPersonAsync());
        await PostAsync(room, ann, "Root.");
        return (room, ann, bob);
    }

    Task<MessageStore.Stored> PostAsync(RoomId room, Author author, string text) => database.Store.PostAsync(room, author, ClientKey.New(), Draft.Parse(text, out _)!, Ct);

    Task<MessageStore.Stored> ReplyAsync(RoomId room, Author author, string text, long thread = 1, bool isInRoomToo = false) => database.Store.PostAsync(
        room, author, ClientKey.New(), Draft.Parse(text, out _)! with { Thread = thread, IsInRoomToo = isInRoomToo, Answers = isInRoomToo ? thread : null }, Ct);

    async Task<(int, DateTimeOffset?)> PlaceAsync(RoomId room) => (await List.FindAsync(room, 1, Ct))!.Thread is var place ? (place.Count, place.LastAt) : default;

    async Task<int> CountAsync(RoomId room) => (await List.FindAsync(room, 1, Ct))!.Thread.Count;

    async Task<long> MessageCountAsync(RoomId room) => (await database.AllAsync<long>($"select message_count from rooms where id = {room}")).Single();

    Task<List<string>> FollowersAsync(RoomId room) => database.Sql.AllAsync(
        $"select person_id, read_seq, is_following from thread_followers where room_id = {room} order by person_id", row => $"{row.GetInt64(0)} {row.GetInt64(1)} {row.GetBoolean(2)}", Ct);
}

public sealed class SqliteThreadStoreTests(SqliteChatDatabase database) : ThreadStoreContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresThreadStoreTests(PostgresChatDatabase database) : ThreadStoreContract(database), IClassFixture<PostgresChatDatabase>;
