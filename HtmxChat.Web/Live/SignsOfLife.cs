namespace HtmxChat.Web.Live;

/// <summary>Whether anybody is still at the other end of a live connection: what is written has to go, and who has spoken once has to be heard again.</summary>
public sealed class SignsOfLife(TimeProvider time)
{
    /// <summary>How long one write may take.</summary>
    public static readonly TimeSpan MaxWrite = TimeSpan.FromSeconds(30);

    /// <summary>How long a WebSocket may be silent.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(35);

    /// <summary>After this silence it is asked for a sign of life, with whatever is written to it next.</summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(12);

    long writingSince;
    long heardAt;
    int isToBeAsked;

    /// <summary>Writes; <see cref="AreMissing"/> when that takes too long. One write at a time.</summary>
    public ValueTask WriteAsync(Func<ReadOnlyMemory<byte>, ValueTask> write, ReadOnlyMemory<byte> bytes)
    {
        // A timer for each write would cost more than most writes do.
        Volatile.Write(ref writingSince, time.GetTimestamp());
        var writing = write(bytes);
        if (!writing.IsCompletedSuccessfully) return AwaitAsync(writing);

        writing.GetAwaiter().GetResult();
        Volatile.Write(ref writingSince, 0);
        return ValueTask.CompletedTask;

        async ValueTask AwaitAsync(ValueTask slow)
        {
            await slow;
            Volatile.Write(ref writingSince, 0);
        }
    }

    /// <summary>Notes that the other side has said something; from the first time on it is expected to.</summary>
    public void Heard() => Volatile.Write(ref heardAt, time.GetTimestamp());

    /// <summary>Whether the other side has been silent for so long that it has to be asked for a sign of life, now and once.</summary>
    public bool TakeQuestion() => Volatile.Read(ref isToBeAsked) == 1 && Interlocked.Exchange(ref isToBeAsked, 0) == 1;

    /// <summary>Whether a write has been stuck, or the other side silent, for too long; before that it is to be asked.</summary>
    internal bool AreMissing()
    {
        var heard = Volatile.Read(ref heardAt);
        if (IsOver(Volatile.Read(ref writingSince), MaxWrite) || IsOver(heard, MaxSilence)) return true;

        if (IsOver(heard, AskAfter)) Volatile.Write(ref isToBeAsked, 1);
        return false;
    }

    bool IsOver(long since, TimeSpan limit) => since != 0 && time.GetElapsedTime(since) > limit;
}
