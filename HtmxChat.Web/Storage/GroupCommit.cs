using System.Data.Common;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Storage;

/// <summary>
/// Writes in groups: whatever has been asked for while the last transaction was being committed goes into the next one,
/// so that many writers share one fsync. A result is given only after the commit, and so after the fsync.
/// </summary>
/// <remarks>
/// The fsync waits in a thread of its own: on a machine with one core the pool has one thread, and everything else would
/// wait with it. Work may be run more than once, each time in a transaction that begins anew, until one is committed.
/// </remarks>
public sealed class GroupCommit(Database database, TimeProvider time, ILogger<GroupCommit> logger) : BackgroundService
{
    /// <summary>How long work waits for a database that is away, for example because it is being restarted.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    const int MaxWaiting = 4096;
    const int MaxGroup = 256;

    static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

#pragma warning disable CA2213 // Nothing asks for its wait handle, so it holds nothing to dispose of.
    readonly SemaphoreSlim places = new(MaxWaiting);
    readonly Queue<Write> queue = [];
    bool isClosed;

    /// <summary>Runs work inside a transaction and gives its result once that is committed.</summary>
    /// <param name="work">Changes no room that others write in.</param>
    /// <param name="ct">Gives up waiting for a place in the queue; work that has one is done whatever happens to its caller.</param>
    /// <exception cref="DbException">It could not be stored.</exception>
    /// <exception cref="InvalidOperationException">The program is stopping.</exception>
    public Task<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken ct) => WriteAsync(default, work, ct);

    /// <summary>Runs work on one room inside a transaction and gives its result once that is committed.</summary>
    /// <param name="room">A group locks its rooms in their order, so that two nodes do not wait for each other for ever.</param>
    /// <param name="ct">Gives up waiting for a place in the queue; work that has one is done whatever happens to its caller.</param>
    /// <exception cref="DbException">It could not be stored.</exception>
    /// <exception cref="InvalidOperationException">The program is stopping.</exception>
    public Task<T> WriteAsync<T>(RoomId room, Func<SqlSession, T> work, CancellationToken ct) => WriteAsync(room, work, TaskCreationOptions.RunContinuationsAsynchronously, ct);

    /// <summary>The same for a caller who has only a little to do afterwards, and may do it where everybody else's work waits meanwhile.</summary>
    /// <inheritdoc cref="WriteAsync{T}(RoomId, Func{SqlSession, T}, CancellationToken)"/>
    public Task<T> WriteBrieflyAsync<T>(RoomId room, Func<SqlSession, T> work, CancellationToken ct) => WriteAsync(room, work, TaskCreationOptions.None, ct);

    async Task<T> WriteAsync<T>(RoomId room, Func<SqlSession, T> work, TaskCreationOptions afterwards, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            var write = new Write<T>(room, time.GetTimestamp(), work, afterwards);
            Add(write);
            return await write.Result;
        }
        finally
        {
            places.Release();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    void Add(Write write)
    {
        lock (queue)
        {
            if (isClosed) throw new InvalidOperationException("The program is stopping and takes no more writes.");
            queue.Enqueue(write);
            Monitor.Pulse(queue);
        }
    }

    void Run()
    {
        SqlSession? session = null;
        var group = new WriteGroup();
        while (Gather(group))
        {
            try
            {
                session ??= new SqlSession(database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult());
                Commit(session, group);
                Settle(group);
                group = new WriteGroup();
            }
            catch (Exception e)
            {
                session?.Dispose();
                session = null;
                Fail(group, e);
            }
        }
        session?.Dispose();
    }

    /// <summary>Adds what has been asked for meanwhile, and waits when there is nothing to do.</summary>
    /// <returns>False when there will be no more.</returns>
    bool Gather(WriteGroup group)
    {
        lock (queue)
        {
            while (group.Count == 0 && queue.Count == 0 && !isClosed) Monitor.Wait(queue);
            while (group.Count < MaxGroup && queue.TryDequeue(out var write)) group.Add(write);
        }
        group.OrderByRoom();
        return group.Count > 0;
    }

    void Commit(SqlSession session, WriteGroup group)
    {
        try
        {
            // One round trip ends the savepoint of one piece of work and begins the next one's.
            var savepoint = $"{database.BeginWriting}; savepoint work";
            foreach (var write in group)
            {
                session.Execute(savepoint);
                write.Run(session, database);
                savepoint = "release work; savepoint work";
            }
            Commit(session);
        }
        catch
        {
            session.RollBack();
            throw;
        }
        foreach (var write in group.Where(w => w.Failure is not null))
            logger.LogError(write.Failure, "A write failed; the others of its group of {Count} were committed", group.Count);
    }

    // Until here nothing has been committed, so it may be tried again. Whether this has been nobody can say.
    void Commit(SqlSession session)
    {
        try
        {
            session.Execute("release work; commit");
        }
        catch (Exception e) when (database.FaultOf(e) == Fault.Away)
        {
            throw new OutcomeUnknownException(e);
        }
    }

    /// <summary>Leaves in the group what is worth another try.</summary>
    void Fail(WriteGroup group, Exception e)
    {
        var fault = database.FaultOf(e);
        var mayBeTriedAgain = fault is Fault.Away or Fault.Undone;
        var failed = group.Take(w => !mayBeTriedAgain || time.GetElapsedTime(w.AskedAt) >= Patience);
        if (failed.Count > 0)
        {
            logger.LogError(e, "A group of {Count} writes could not be committed", failed.Count);
            foreach (var write in failed) write.Fail(e);
            Settle(failed);
        }

        if (fault == Fault.Away) database.ForgetConnections();
        if (group.Count > 0) Thread.Sleep(BetweenTries); // this thread has nothing else to do
    }

    static void Settle(WriteGroup group)
    {
        // A single post is cheaper to finish here than to wake another thread for.
        if (group.Count == 1) group.Execute();
        else ThreadPool.UnsafeQueueUserWorkItem(group, preferLocal: false);
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
}
