using System.Data.Common;

namespace HtmxChat.Web.Storage;

/// <summary>
/// Writes in groups: whatever has been asked for while the last transaction was being committed goes into the next one,
/// so that many writers share one fsync. A result is given only after the commit, and so after the fsync.
/// </summary>
/// <remarks>
/// Each piece of work has a savepoint of its own: one that throws takes nobody else's with it. The fsync waits in a
/// thread of its own: on a machine with one core the pool has one thread, and everything else would wait with it.
/// </remarks>
public sealed class GroupCommit(Func<CancellationToken, Task<DbConnection>> open, ILogger<GroupCommit> logger) : BackgroundService
{
    const int MaxWaiting = 4096;
    const int MaxGroup = 256;

#pragma warning disable CA2213 // Nothing asks for its wait handle, so it holds nothing to dispose of.
    readonly SemaphoreSlim places = new(MaxWaiting);
    readonly Queue<Work> queue = [];
    bool isClosed;

    /// <summary>Runs work inside a transaction and gives its result once that is committed.</summary>
    /// <param name="ct">Gives up waiting for a place in the queue; work that has one is done whatever happens to its caller.</param>
    /// <exception cref="DbException">It could not be stored.</exception>
    /// <exception cref="InvalidOperationException">The program is stopping.</exception>
    public async Task<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            var item = new Work<T>(work);
            Add(item);
            return await item.Result;
        }
        finally
        {
            places.Release();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    void Add(Work work)
    {
        lock (queue)
        {
            if (isClosed) throw new InvalidOperationException("The program is stopping and takes no more writes.");
            queue.Enqueue(work);
            Monitor.Pulse(queue);
        }
    }

    void Run()
    {
        SqlSession? session = null;
        while (TakeGroup() is { Count: > 0 } group)
        {
            try
            {
                session ??= new SqlSession(open(CancellationToken.None).GetAwaiter().GetResult());
                Commit(session, group);
            }
            catch (Exception e)
            {
                logger.LogError(e, "A group of {Count} writes could not be committed", group.Count);
                foreach (var work in group) work.Fail(e);
                session?.Dispose();
                session = null;
            }

            // A single post is cheaper to finish here than to wake another thread for.
            if (group.Count == 1) group.Execute();
            else ThreadPool.UnsafeQueueUserWorkItem(group, preferLocal: false);
        }
        session?.Dispose();
    }

    /// <returns>Empty when there will be no more.</returns>
    Group TakeGroup()
    {
        var group = new Group();
        lock (queue)
        {
            while (queue.Count == 0 && !isClosed) Monitor.Wait(queue);
            while (group.Count < MaxGroup && queue.TryDequeue(out var work)) group.Add(work);
        }
        return group;
    }

    /// <summary>Takes no more work, finishes what was taken, and closes the connection.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (queue)
        {
            isClosed = true;
            Monitor.Pulse(queue);
        }
        await base.StopAsync(cancellationToken);
    }

    void Commit(SqlSession session, Group group)
    {
        session.Execute("begin immediate");
        try
        {
            foreach (var work in group) work.Run(session);
            session.Execute("commit");
        }
        catch
        {
            session.RollBack();
            throw;
        }
        foreach (var work in group.Where(w => w.Failure is not null))
            logger.LogError(work.Failure, "A write failed; the others of its group of {Count} were committed", group.Count);
    }

    abstract class Work
    {
        /// <summary>Why this piece failed, alone or with its group.</summary>
        public Exception? Failure { get; protected set; }

        public abstract void Run(SqlSession session);

        public void Fail(Exception e) => Failure = e;

        public abstract void Settle();
    }

    sealed class Work<T>(Func<SqlSession, T> work) : Work
    {
        // Its continuations run where it is settled.
        readonly TaskCompletionSource<T> result = new();
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
            if (Failure is null) result.SetResult(value!);
            else result.SetException(Failure);
        }
    }

    /// <summary>What was written together goes on together, in one work item and not in one for each.</summary>
    sealed class Group : List<Work>, IThreadPoolWorkItem
    {
        public void Execute()
        {
            foreach (var work in this) work.Settle();
        }
    }
}
