using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HtmxChat.Tests.Storage;

/// <summary>Two nodes that write to one PostgreSQL.</summary>
public sealed class PostgresNodesTests(PostgresChatDatabase database) : IClassFixture<PostgresChatDatabase>
{
    [Fact]
    public async Task The_same_key_on_two_nodes_at_the_same_moment_is_one_message_and_one_answer()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        await using var other = await database.StartNodeAsync();

        var firstHere = 0;
        for (var n = 1; n <= 200; n++)
        {
            var key = ClientKey.New();
            var answers = await Task.WhenAll(
                database.Store.PostAsync(room, ann, key, Draft($"Number {n}."), Ct),
                other.Store.PostAsync(room, ann, key, Draft($"Number {n}."), Ct)).Soon();

            Assert.Single(answers, a => a.IsNew);
            Assert.Equal(answers[0].Message, answers[1].Message);
            Assert.Equal(n, answers[0].Message.Seq);
            if (answers[0].IsNew) firstHere++;
        }
        Assert.Equal([200], await database.AllAsync<long>($"select count(*) from messages where room_id = {room}"));
        Assert.True(firstHere is > 0 and < 200, $"{firstHere} of 200 were first on this node, so the nodes never raced.");
    }

    [Fact]
    public async Task The_same_key_in_two_rooms_at_the_same_moment_is_one_message()
    {
        var (here, there, ann) = (await database.NewRoomAsync(), await database.NewRoomAsync(), await database.NewPersonAsync());
        await using var other = await database.StartNodeAsync();

        for (var n = 1; n <= 50; n++)
        {
            var key = ClientKey.New();
            var answers = await Task.WhenAll(database.Store.PostAsync(here, ann, key, Draft("Once."), Ct), other.Store.PostAsync(there, ann, key, Draft("Once."), Ct)).Soon();

            Assert.Single(answers, a => a.IsNew);
            Assert.Equal(answers[0].Message, answers[1].Message);
        }
        foreach (var room in new[] { here, there })
            Assert.Equal(await database.AllAsync<long>($"select last_seq from rooms where id = {room}"), await database.AllAsync<long>($"select count(*) from events where room_id = {room}"));
    }

    [Fact]
    public async Task Groups_that_write_in_the_same_rooms_do_not_stop_each_other()
    {
        RoomId[] rooms = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => database.NewRoomAsync()))];
        var ann = await database.NewPersonAsync();
        await using var other = await database.StartNodeAsync();

        // One node asks in the opposite order, and a group is whatever gathers.
        var posts = Enumerable.Range(0, 30).SelectMany(_ => new[] { (Node: database.Store, Rooms: rooms), (Node: other.Store, Rooms: [.. rooms.Reverse()]) })
            .SelectMany(x => x.Rooms.Select(room => Task.Run(() => x.Node.PostAsync(room, ann, ClientKey.New(), Draft("Busy."), Ct), Ct)));
        await Task.WhenAll(posts).Soon();

        foreach (var room in rooms) Assert.Equal(Enumerable.Range(1, 60).Select(n => (long)n), await database.AllAsync<long>($"select seq from events where room_id = {room} order by seq"));
    }

    [Fact]
    public async Task A_group_that_PostgreSQL_undoes_to_end_a_deadlock_is_run_again()
    {
        var (first, second) = (await database.NewRoomAsync(), await database.NewRoomAsync());
        await using var other = await database.StartNodeAsync();
        using var bothHaveTheirFirst = new Barrier(2);
        var runs = 0;

        await Task.WhenAll(
            database.Writes.WriteAsync(sql => LockBoth(sql, first, second), Ct),
            other.Writes.WriteAsync(sql => LockBoth(sql, second, first), Ct)).Soon();

        Assert.Equal(3, runs);
        Assert.Equal([2, 2], await database.AllAsync<long>($"select last_seq from rooms where id in ({first}, {second})"));

        bool LockBoth(SqlSession sql, RoomId one, RoomId two)
        {
            var run = Interlocked.Increment(ref runs);
            EventSql.NextSeq(sql, one);
            if (run <= 2) Assert.True(bothHaveTheirFirst.SignalAndWait(Longest, Ct));
            EventSql.NextSeq(sql, two);
            return true;
        }
    }

    [Fact]
    public async Task What_one_node_deletes_another_cannot_edit_at_the_same_moment()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        await using var other = await database.StartNodeAsync();

        for (var n = 1; n <= 50; n++)
        {
            var (message, _, _) = await database.Store.PostAsync(room, ann, ClientKey.New(), Draft("Secret."), Ct);
            await Task.WhenAll(database.Store.DeleteAsync(room, [message.Seq], Ct), other.Store.EditAsync(room, message.Seq, Draft("Secret, edited."), editedAt: null, Ct), other.Store.DeleteAsync(room, [message.Seq], Ct)).Soon();
        }

        Assert.Equal([50], await database.AllAsync<long>($"select count(*) from messages where room_id = {room} and text = '' and deleted_at_ms is not null"));
        Assert.Equal([50], await database.AllAsync<long>($"select count(*) from events where room_id = {room} and kind = {(int)RoomChange.Deleted}"));
    }

    [Fact]
    public async Task A_node_that_freezes_inside_a_transaction_holds_up_its_room_for_seconds_only()
    {
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        using var frozen = new SqlSession(await database.Database.OpenAsync(Ct));
        frozen.Execute("begin");
        Assert.Equal(1, EventSql.NextSeq(frozen, room));

        var (message, _, _) = await database.Store.PostAsync(room, ann, ClientKey.New(), Draft("At last."), Ct).WaitAsync(GroupCommit.Patience, Ct);

        Assert.Equal(1, message.Seq);
        Assert.Equal(Fault.Away, database.Database.FaultOf(Assert.ThrowsAny<NpgsqlException>(() => frozen.Execute("select 1"))));
    }

    [Fact]
    public async Task Any_number_of_nodes_may_start_on_an_empty_database_at_once()
    {
        var empty = new NpgsqlConnectionStringBuilder(database.ConnectionString) { SearchPath = "of_its_own" }.ConnectionString;
        await database.Writes.WriteAsync(sql => sql.Execute("create schema of_its_own"), Ct);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var node = new PostgresDatabase(empty);
            await node.MigrateAsync(Ct);
        }, Ct))).Soon();

        using var one = new PostgresDatabase(empty);
        await using var db = one.NewContext();
        Assert.Equal([db.Database.GetMigrations().LongCount()], await database.AllAsync<long>("""select count(*) from of_its_own."__EFMigrationsHistory" """));
    }

    static Draft Draft(string text) => Web.Messages.Draft.Parse(text, out _)!;
}
