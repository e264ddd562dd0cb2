using System.Collections.Concurrent;
using System.Data.Common;
using HtmxChat.Web.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HtmxChat.Tests.Storage;

/// <summary>On either database.</summary>
public abstract class GroupCommitContract(ChatDatabase database)
{
    [Fact]
    public async Task A_result_is_given_only_once_everybody_can_read_it()
    {
        await CreateAsync("committed");
        using var hold = new ManualResetEventSlim();
        var held = HoldAsync(hold);

        var write = database.Writes.WriteAsync(sql => sql.Execute("insert into committed values (1)"), Ct);
        var inTheSameGroup = database.Writes.WriteAsync(sql => Wait(hold, sql), Ct);
        hold.Set();

        Assert.Equal(1, await write.Soon());
        Assert.Equal([1], await database.AllAsync<long>("select n from committed"));
        await Task.WhenAll(held, inTheSameGroup);
    }

    [Fact]
    public async Task Nothing_is_given_or_seen_while_the_group_is_not_committed()
    {
        await CreateAsync("uncommitted");
        using var begun = new SemaphoreSlim(0);
        using var hold = new ManualResetEventSlim();
        var write = database.Writes.WriteAsync(sql =>
        {
            sql.Execute("insert into uncommitted values (1)");
            begun.Release();
            return Wait(hold, sql);
        }, Ct);
        await begun.WaitAsync(Ct).Soon();

        Assert.Empty(await database.AllAsync<long>("select n from uncommitted"));
        Assert.False(write.IsCompleted);

        hold.Set();
        await write.Soon();
        Assert.Equal([1], await database.AllAsync<long>("select n from uncommitted"));
    }

    [Fact]
    public async Task Work_that_throws_takes_nobody_elses_with_it()
    {
        await CreateAsync("shared_fate");
        using var hold = new ManualResetEventSlim();
        var held = HoldAsync(hold);

        var first = database.Writes.WriteAsync(sql => sql.Execute("insert into shared_fate values (1)"), Ct);
        var throws = database.Writes.WriteAsync<int>(sql => throw new InvalidOperationException($"after {sql.Execute("insert into shared_fate values (2)")} row"), Ct);
        var breaks = database.Writes.WriteAsync(sql => sql.Execute("insert into shared_fate values (1)"), Ct);
        var last = database.Writes.WriteAsync(sql => (Seen: sql.All("select n from shared_fate", row => row.GetInt64(0)), sql.Execute("insert into shared_fate values (3)")), Ct);
        hold.Set();

        Assert.Equal("after 1 row", (await Assert.ThrowsAsync<InvalidOperationException>(() => throws.Soon())).Message);
        await Assert.ThrowsAnyAsync<DbException>(() => breaks.Soon());
        Assert.Equal([1], (await last.Soon()).Seen);
        await Task.WhenAll(held, first);
        Assert.Equal([1, 3], await database.AllAsync<long>("select n from shared_fate order by n"));
    }

    [Fact]
    public async Task Work_that_has_its_place_is_done_although_its_caller_has_gone()
    {
        await CreateAsync("caller_gone");
        using var hold = new ManualResetEventSlim();
        using var leaving = new CancellationTokenSource();
        var held = HoldAsync(hold);
        var write = database.Writes.WriteAsync(sql => sql.Execute("insert into caller_gone values (1)"), leaving.Token);

        await leaving.CancelAsync();
        hold.Set();

        Assert.Equal(1, await write.Soon());
        await held;
    }

    [Fact]
    public async Task What_was_taken_before_the_stop_is_done_and_nothing_is_taken_after_it()
    {
        await CreateAsync("stopping");
        using var writes = new GroupCommit(database.Database, TimeProvider.System, NullLogger<GroupCommit>.Instance);
        await writes.StartAsync(Ct);
        await writes.WriteAsync(One, Ct).Soon();

        var taken = Task.WhenAll(Enumerable.Range(1, 1_000).Select(n => writes.WriteAsync(sql => sql.Execute("insert into stopping values (@n)", ("@n", n)), Ct)));
        await writes.StopAsync(Ct);

        await taken.Soon();
        Assert.Equal([1_000], await database.AllAsync<long>("select count(*) from stopping"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => writes.WriteAsync(sql => sql.Execute("select 1"), Ct));
    }

    [Fact]
    public async Task A_write_that_failed_alone_is_logged()
    {
        var log = new LogLines();
        using var writes = new GroupCommit(database.Database, TimeProvider.System, log);
        await writes.StartAsync(Ct);

        await Assert.ThrowsAnyAsync<DbException>(() => writes.WriteAsync(sql => sql.Execute("insert into nowhere values (1)"), Ct).Soon());
        await writes.WriteAsync(One, Ct).Soon();

        Assert.StartsWith("Error: A write failed", Assert.Single(log.Lines), StringComparison.Ordinal);
        await writes.StopAsync(Ct);
    }

    Task<int> CreateAsync(string table) => database.Writes.WriteAsync(sql => sql.Execute($"create table {table} (n integer primary key)"), Ct);

    // While this is being done, whatever is asked for gathers into the next group.
    Task<long> HoldAsync(ManualResetEventSlim hold) => database.Writes.WriteAsync(sql => Wait(hold, sql), Ct);

    static long Wait(ManualResetEventSlim hold, SqlSession sql)
    {
        Assert.True(hold.Wait(Longest), "Nobody let the writer go on.");
        return One(sql);
    }

    static long One(SqlSession sql) => sql.First("select 1", row => row.GetInt64(0));

    sealed class LogLines : ILogger<GroupCommit>
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    }
}

public sealed class SqliteGroupCommitTests(SqliteChatDatabase database) : GroupCommitContract(database), IClassFixture<SqliteChatDatabase>;

public sealed class PostgresGroupCommitTests(PostgresChatDatabase database) : GroupCommitContract(database), IClassFixture<PostgresChatDatabase>;
