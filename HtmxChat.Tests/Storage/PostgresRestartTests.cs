using System.Data.Common;
using System.Diagnostics;
using HtmxChat.Tests.Faults;
using HtmxChat.Tests.Servers;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HtmxChat.Tests.Storage;

/// <summary>PostgreSQL is ended, in all the ways there are, and started again.</summary>
public sealed class PostgresRestartTests
{
    static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(Ending.Fast)]
    [InlineData(Ending.Immediate)]
    [InlineData(Ending.Killed)]
    public async Task Under_posts_nothing_acknowledged_is_lost_or_doubled_and_writes_are_soon_back(Ending how)
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var database = await NewDatabaseAsync(server);
        await using var other = await database.StartNodeAsync();
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        var ledger = new Ledger();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var talking = new[] { database.Store, other.Store }.SelectMany(store => Enumerable.Range(0, 4).Select(_ => Task.Run(() => TalkAsync(store, room, ann, ledger, enough.Token), Ct))).ToList();

        for (var times = 0; times < 3; times++)
        {
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            await server.EndAsync(how);
            await server.StartAsync();
            var since = Stopwatch.GetTimestamp();
            await ledger.NextAcknowledgementAsync(Ct).Soon();
            Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, BackWithin);
        }
        await enough.CancelAsync();
        await Task.WhenAll(talking).Soon();

        var stored = await database.AllAsync<string>($"select client_key from messages where room_id = {room} order by seq");
        Assert.Equal(stored.Distinct(), stored);
        Assert.Empty(ledger.Problems);
        Assert.All(ledger.Acknowledged, a => Assert.Equal(a.Key, stored[(int)a.Value - 1]));
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(n => (long)n), await database.AllAsync<long>($"select seq from events where room_id = {room} order by seq"));
    }

    [Theory]
    [InlineData(Ending.Fast)]
    [InlineData(Ending.Immediate)]
    [InlineData(Ending.Killed)]
    public async Task Whatever_was_open_before_reads_and_writes_after_a_restart(Ending how)
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var database = await NewDatabaseAsync(server);
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        await database.Store.PostAsync(room, ann, ClientKey.New(), Draft, Ct);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => database.AllAsync<long>("select count(*) from messages")));

        await server.EndAsync(how);
        await server.StartAsync();

        await using (var ef = database.Database.NewContext()) Assert.Equal(1, await ef.Users.CountAsync(Ct));
        using (var ef = database.Database.NewContext()) Assert.True(ef.Users.Any());
        Assert.Equal([1], await database.AllAsync<long>("select count(*) from messages"));
        Assert.Equal(2, (await database.Store.PostAsync(room, ann, ClientKey.New(), Draft, Ct)).Message.Seq);
    }

    [Fact]
    public async Task Reads_and_writes_wait_for_a_database_that_is_away()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var database = await NewDatabaseAsync(server);
        var (room, ann) = (await database.NewRoomAsync(), await database.NewPersonAsync());
        await server.EndAsync(Ending.Fast);

        var write = database.Store.PostAsync(room, ann, ClientKey.New(), Draft, Ct);
        var read = database.AllAsync<long>("select count(*) from people");
        await server.StartAsync();

        Assert.Equal(1, (await write.Soon()).Message.Seq);
        Assert.Equal([1], await read.Soon());
    }

    [Fact]
    public async Task They_do_not_wait_for_ever()
    {
        await using var server = await PostgresServer.StartNewAsync();
        using var database = new PostgresDatabase(await server.NewDatabaseAsync());
        await server.EndAsync(Ending.Fast);
        var time = new FakeTimeProvider();
        using var reads = new SqlReader(database, time);
        using var writes = new GroupCommit(database, time, NullLogger<GroupCommit>.Instance);
        await writes.StartAsync(Ct);

        var (read, write) = (reads.AllAsync("select 1", row => row.GetInt32(0), Ct), writes.WriteAsync(sql => sql.Execute("select 1"), Ct));
        await Until(Task.WhenAll(read.ContinueWith(_ => { }, TaskScheduler.Default), write.ContinueWith(_ => { }, TaskScheduler.Default)), time, TimeSpan.FromMilliseconds(10));

        await Assert.ThrowsAnyAsync<DbException>(() => read);
        await Assert.ThrowsAnyAsync<DbException>(() => write);
        await writes.StopAsync(Ct);
    }

    static Draft Draft => Web.Messages.Draft.Parse("Still there?", out _)!;

    static async Task<PostgresChatDatabase> NewDatabaseAsync(PostgresServer server)
    {
        var database = new PostgresChatDatabase(server.NewDatabaseAsync);
        await database.InitializeAsync();
        return database;
    }

    static async Task TalkAsync(MessageStore store, RoomId room, Author author, Ledger ledger, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var key = ClientKey.New();
            ledger.Sends(key.Text, Draft.Text);
            Message? stored = null;
            while (stored is null) stored = await TryAsync(store, room, author, key);
            ledger.IsAcknowledged(key.Text, stored.Seq);
        }
    }

    static async Task<Message?> TryAsync(MessageStore store, RoomId room, Author author, ClientKey key)
    {
        try
        {
            return (await store.PostAsync(room, author, key, Draft, Ct)).Message;
        }
        catch (DbException)
        {
            return null; // a page sends again with the same key
        }
    }
}
