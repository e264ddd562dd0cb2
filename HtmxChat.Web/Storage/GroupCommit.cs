using System.Data.Common;
using System.Threading.Channels;

namespace HtmxChat.Web.Storage;

/// <summary>
/// Writes in groups: whatever has been asked for while the last transaction was being committed goes into the next one,
/// so that many writers share one fsync. A result is given only after the commit, and so after the fsync.
/// </summary>
/// <remarks>Each piece of work has a savepoint of its own: one that throws takes nobody else's with it.</remarks>
public sealed class GroupCommit(Func<CancellationToken, Task<DbConnection>> open, ILogger<GroupCommit> logger) : BackgroundService
{
    const int MaxGroup = 256;

    readonly Channel<Work> queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(4096) { SingleReader = true });

    /// <summary>Runs work inside a transaction and gives its result once that is committed.</summary>
    /// <param name="ct">Gives up waiting for a place in the queue; work that has one is done whatever happens to its caller.</param>
    public async Task<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken ct)
    {
        var item = new Work<T>(work);
        await queue.Writer.WriteAsync(item, ct);
        return await item.Result;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        SqlSession? session = null;
        DbConnection? connection = null;
        try
        {
            while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
            {
                var group = TakeGroup();
                try
                {
                    connection ??= await open(CancellationToken.None);
                    session ??= new SqlSession(connection);
                    Commit(connection, session, group);
                }
                catch (Exception e)
                {
                    logger.LogError(e, "A group of {Count} writes could not be committed", group.Count);
                    foreach (var work in group) work.Fail(e);
                    if (session is not null) await session.DisposeAsync();
                    (session, connection) = (null, null);
                }
            }
        }
        finally
        {
            if (session is not null) await session.DisposeAsync();
        }
    }

    /// <summary>Takes no more work, finishes what was taken, and closes the connection.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    List<Work> TakeGroup()
    {
        var group = new List<Work>();
        while (group.Count < MaxGroup && queue.Reader.TryRead(out var work)) group.Add(work);
        return group;
    }

    void Commit(DbConnection connection, SqlSession session, List<Work> group)
    {
        session.Execute("begin immediate");
        try
        {
            foreach (var work in group) work.Run(session);
            session.Execute("commit");
        }
        catch
        {
            if (connection.State == System.Data.ConnectionState.Open) session.Execute("rollback");
            throw;
        }
        foreach (var work in group)
        {
            if (work.Failure is { } e) logger.LogError(e, "A write failed; the others of its group of {Count} were committed", group.Count);
            work.Settle();
        }
    }

    abstract class Work
    {
        /// <summary>Why this piece failed while its group did not.</summary>
        public Exception? Failure { get; protected set; }

        public abstract void Run(SqlSession session);

        public abstract void Settle();

        public abstract void Fail(Exception e);
    }

    sealed class Work<T>(Func<SqlSession, T> work) : Work
    {
        readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T? value;

        public Task<T> Result => result.Task;

        public override void Run(SqlSession session)
        {
            session.Execute("savepoint work");
            try
            {
                value = work(session);
            }
            catch (Exception e)
            {
                Failure = e;
                session.Execute("rollback to work");
            }
            session.Execute("release work");
        }

        public override void Settle()
        {
            if (Failure is null) result.TrySetResult(value!);
            else result.TrySetException(Failure);
        }

        public override void Fail(Exception e) => result.TrySetException(e);
    }
}
