using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Storage;

/// <summary>One piece of work of a <see cref="WriteGroup"/>.</summary>
/// <param name="askedAt">A timestamp.</param>
abstract class Write(RoomId room, long askedAt)
{
    /// <summary>The room whose row it locks; 0 when it locks none.</summary>
    public RoomId Room => room;

    public long AskedAt => askedAt;

    /// <summary>Why it failed, alone or with its group.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Does it inside the savepoint <c>work</c>, which is its own: when it throws, it takes nobody else's with it.</summary>
    /// <exception cref="Exception">The whole transaction has failed.</exception>
    public void Run(SqlSession session, Database database)
    {
        // Another node may have been first with the same key. Whoever looks again finds what it has written.
        if (Try(session, database) == Fault.Taken) Try(session, database);
    }

    public void Fail(Exception e) => Failure = e;

    /// <summary>Gives the result, or why there is none, to whoever waits for it.</summary>
    public abstract void Settle();

    protected abstract void Work(SqlSession session);

    Fault? Try(SqlSession session, Database database)
    {
        try
        {
            Failure = null;
            Work(session);
            return null;
        }
        catch (Exception e) when (database.FaultOf(e) is var fault and (Fault.Final or Fault.Taken))
        {
            Failure = e;
            session.Execute("rollback to work");
            return fault;
        }
    }
}

/// <summary>One piece of work with its result.</summary>
/// <param name="afterwards">Where its caller goes on: where it is settled, or elsewhere.</param>
sealed class Write<T>(RoomId room, long askedAt, Func<SqlSession, T> work, TaskCreationOptions afterwards) : Write(room, askedAt)
{
    readonly TaskCompletionSource<T> result = new(afterwards);
    T? value;

    public Task<T> Result => result.Task;

    public override void Settle()
    {
        if (Failure is null) result.SetResult(value!);
        else result.SetException(Failure);
    }

    protected override void Work(SqlSession session) => value = work(session);
}
