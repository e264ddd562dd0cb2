namespace HtmxChat.Web.Live;

/// <summary>One reader of one log, the same for every carrier: ask what comes after the number, write it, remember the number.</summary>
public static class Reader
{
    /// <summary>Writes until <paramref name="ended"/>; then, or when a write fails, it throws.</summary>
    /// <inheritdoc cref="RunAsync(RoomLog, Position, long, LiveConnection, Carrier, Func{Batch, ValueTask{Batch}}, Func{ReadOnlyMemory{byte}, ValueTask}, CancellationToken)"/>
    public static Task RunAsync(RoomLog log, Position? after, long from, LiveConnection connection, Carrier carrier, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken ended) =>
        RunAsync(log, after, from, connection, carrier, ValueTask.FromResult, write, ended);

    /// <summary>The same for a page that shows a part of it.</summary>
    /// <param name="after">The last event that the reader has; null asks for the whole list.</param>
    /// <param name="from">The first message that the reader may see; 0 when it may see all.</param>
    /// <param name="connection">Is told how far it has come, and may have something to say beside the log.</param>
    /// <param name="show">What the page shows of a batch.</param>
    /// <param name="write">Writes one frame. While it waits, this reader alone lags: what gathers meanwhile goes out in its next frame.</param>
    public static async Task RunAsync(RoomLog log, Position? after, long from, LiveConnection connection, Carrier carrier, Func<Batch, ValueTask<Batch>> show, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken ended)
    {
        using var place = log.Enter();

        // At once, because Firefox hands a streamed answer over only with its first body byte.
        var newest = log.Heartbeat();
        await WriteAsync(newest.Frame(carrier), write, ended);

        using var waiter = new Waiter(ended);
        connection.Aside.Wakes(waiter);
        connection.View.WrittenSeq = Shown(after, newest.Position);
        while (true)
        {
            var batch = await log.ReadAsync(after, waiter, from);
            await WriteAsync((await show(batch)).Frame(carrier), write, ended);
            if (!batch.IsHeartbeat) after = batch.Position;
            connection.View.WrittenSeq = after?.Seq ?? 0;

            if (connection.Aside.Take(carrier) is { IsEmpty: false } aside) await WriteAsync(aside, write, ended);
        }
    }

    /// <summary>Writes what there is to say next, if only a heartbeat, and comes to its end.</summary>
    /// <param name="from">The first message that the reader may see; 0 when it may see all.</param>
    /// <param name="mayWait">Otherwise a heartbeat is due at once.</param>
    public static async Task RunOnceAsync(RoomLog log, Position? after, long from, bool mayWait, LiveConnection connection, Carrier carrier, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken ended)
    {
        using var place = log.Enter();
        using var waiter = new Waiter(ended);
        connection.Aside.Wakes(waiter);
        connection.View.WrittenSeq = Shown(after, log.Heartbeat().Position);
        var reading = log.ReadAsync(after, waiter, from);
        if (!mayWait) waiter.Wake(Woken.ByHeartbeat);
        var batch = await reading;
        await WriteAsync(log.Heartbeat().Frame(carrier), write, ended);
        if (!batch.IsHeartbeat)
        {
            await WriteAsync(batch.Frame(carrier), write, ended);
            connection.View.WrittenSeq = batch.Position.Seq;
        }
        if (connection.Aside.Take(carrier) is { IsEmpty: false } aside) await WriteAsync(aside, write, ended);
    }

    // A slow reader is not waiting for the log when it has to end, and may not be given what has gathered since.
    static ValueTask WriteAsync(ReadOnlyMemory<byte> frame, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken ended)
    {
        ended.ThrowIfCancellationRequested();
        return write(frame);
    }

    // A page says where it stands, and may be wrong: a number of another life of the database says nothing here.
    static long Shown(Position? after, Position newest) => after?.Epoch == newest.Epoch ? Math.Min(after.Seq, newest.Seq) : 0;
}
