using HtmxChat.Tests.Storage;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Housekeeping;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Tests.Messages.Housekeeping;

/// <summary>What is left of rooms that were deleted, on either database.</summary>
public abstract class RemoveRoomsContract(ChatDatabase database)
{
    // Three transactions' worth of messages, and as many events.
    protected const int Messages = 2 * RemoveRooms.Batch + 50;

    static readonly string[] Contents = ["messages", "events", "read_places", "memberships"];

    [Fact]
    public async Task No_transaction_removes_more_than_a_few_rows_so_whoever_posts_meanwhile_waits_for_one_of_them()
    {
        using var removal = NewRemoval();
        var (room, elsewhere, author) = (await NewDeletedRoomAsync(), await database.NewRoomAsync(), await database.NewPersonAsync());
        var (left, transactions) = (await CountAsync(room), 0);
        Assert.Equal(2 * Messages + 2, left);

        while (await removal.RemoveSomeAsync(room, Ct))
        {
            var now = await CountAsync(room);
            Assert.InRange(left - now, 0, RemoveRooms.Batch);
            (left, transactions) = (now, transactions + 1);
            Assert.True((await database.Store.PostAsync(elsewhere, author, ClientKey.New(), Draft.Parse("Meanwhile.", out _)!, Ct)).IsNew);
        }

        Assert.Equal(0, left);
        Assert.Equal(3 + 3 + 1 + 1 + 1, transactions);
        Assert.Equal([0], await database.AllAsync<long>($"select count(*) from rooms where id = {room}"));
        Assert.Equal([(long)transactions], await database.AllAsync<long>($"select count(*) from messages where room_id = {elsewhere}"));
    }

    [Fact]
    public async Task A_server_that_was_stopped_in_the_middle_goes_on_with_it_when_it_starts()
    {
        var room = await NewDeletedRoomAsync();
        using (var stopped = NewRemoval()) await stopped.RemoveSomeAsync(room, Ct);
        Assert.InRange(await CountAsync(room), 1, 2 * Messages + 1);

        using var next = NewRemoval();
        await next.StartAsync(Ct);

        await GoesAsync(room);
        await next.StopAsync(Ct);
    }

    [Fact]
    public async Task Two_nodes_at_it_take_nothing_of_each_other_and_never_the_room_before_what_is_in_it()
    {
        var room = await NewDeletedRoomAsync();
        await using var node = await database.StartNodeAsync();
        using var removal = NewRemoval();
        using var other = new RemoveRooms(node.Sql, node.Writes, NullLogger<RemoveRooms>.Instance);

        var transactions = await Task.WhenAll(RunAsync(removal), RunAsync(other));

        Assert.Equal(3 + 3 + 1 + 1 + 1, transactions.Sum());
        Assert.Equal(0, await CountAsync(room));

        async Task<int> RunAsync(RemoveRooms at)
        {
            var done = 0;
            while (await at.RemoveSomeAsync(room, Ct)) done++;
            return done;
        }
    }

    [Fact]
    public async Task A_room_that_was_not_deleted_stays()
    {
        using var removal = NewRemoval();
        var (room, author) = (await database.NewRoomAsync(), await database.NewPersonAsync());

        Assert.False(await removal.RemoveSomeAsync(room, Ct));

        Assert.True((await database.Store.PostAsync(room, author, ClientKey.New(), Draft.Parse("Still here.", out _)!, Ct)).IsNew);
    }

    [Fact]
    public async Task Nothing_more_is_written_in_a_room_that_was_deleted()
    {
        var (room, author) = (await NewDeletedRoomAsync(), await database.NewPersonAsync());

        await Assert.ThrowsAsync<RoomGoneException>(() => database.Store.PostAsync(room, author, ClientKey.New(), Draft.Parse("Too late.", out _)!, Ct));

        Assert.Equal(2 * Messages + 2, await CountAsync(room));
    }

    protected RemoveRooms NewRemoval() => new(database.Sql, database.Writes, NullLogger<RemoveRooms>.Instance);

    protected async Task<RoomId> NewDeletedRoomAsync()
    {
        var (room, author) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        var numbers = $"with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < {Messages})";
        await database.Writes.WriteAsync(room, sql =>
        {
            sql.Execute($"{numbers} insert into events (room_id, seq, kind, message_seq) select {room}, n, 1, n from numbers");
            sql.Execute(
                $"""
                {numbers} insert into messages (room_id, seq, changed_seq, author_id, client_key, text, sent_at_ms, placement)
                select {room}, n, n, {author.Id}, 'key-' || n, 'Text.', 0, 1 from numbers
                """);
            sql.Execute($"insert into memberships (room_id, person_id, involvement, is_favourite, from_seq, added_at_ms) values ({room}, {author.Id}, 1, @no, 0, 0)", ("@no", false));
            sql.Execute($"insert into read_places (room_id, person_id, seq, messages, mention_seq) values ({room}, {author.Id}, 1, 1, 0)");
            sql.Execute($"update rooms set last_seq = {Messages}, message_count = {Messages} where id = {room}");
            return RoomSql.Delete(sql, $"id = {room}");
        }, Ct);
        return room;
    }

    async Task<long> CountAsync(RoomId room)
    {
        var counts = await Task.WhenAll(Contents.Select(table => database.AllAsync<long>($"select count(*) from {table} where room_id = {room}")));
        return counts.Sum(c => c.Single());
    }

    async Task GoesAsync(RoomId room)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while ((await database.AllAsync<long>($"select count(*) from rooms where id = {room}")) is not [0])
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < Waiting.Longest, $"Left are {await CountAsync(room)} rows.");
            await Task.Yield();
        }
    }
}

public sealed class SqliteRemoveRoomsTests(SqliteChatDatabase database) : RemoveRoomsContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresRemoveRoomsTests(PostgresChatDatabase database) : RemoveRoomsContract(database), IClassFixture<PostgresChatDatabase>
{
    readonly PostgresChatDatabase database = database;

    [Fact]
    public async Task A_node_that_comes_while_another_removes_messages_goes_on_with_the_next_of_them()
    {
        var room = await NewDeletedRoomAsync();
        using var removal = NewRemoval();
        using var other = new SqlSession(await database.Database.OpenAsync(Ct));
        other.Execute("begin");
        RoomSql.Lock(other, room);
        other.Execute($"delete from messages where room_id = {room} and seq <= {RemoveRooms.Batch}");

        var removing = removal.RemoveSomeAsync(room, Ct);
        while (!other.First("select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))", _ => true)) await Task.Yield();
        other.Execute("commit");

        Assert.True(await removing);
        Assert.Equal([(long)Messages - 2 * RemoveRooms.Batch], await database.AllAsync<long>($"select count(*) from messages where room_id = {room}"));
        Assert.Equal([(long)Messages], await database.AllAsync<long>($"select count(*) from events where room_id = {room}"));
    }
}
