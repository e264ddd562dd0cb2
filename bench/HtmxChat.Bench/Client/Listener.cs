using System.Diagnostics;
using System.Net.Sockets;

namespace HtmxChat.Bench.Client;

/// <summary>Reads a talk over a live socket, checks that it hears every message once and in order, and can stop reading for a while.</summary>
public sealed class Listener : IDisposable
{
    readonly Talk talk;
    volatile TaskCompletionSource? pause;
    volatile Latencies? heard;
    TaskCompletionSource<long>? reached;
    int awaited = int.MaxValue;
    int newest;
    long marked;
    bool isDisposed;

    /// <summary>Begins to read.</summary>
    public Listener(LiveSocket socket, Talk talk)
    {
        (Socket, this.talk) = (socket, talk);
        Running = Task.Run(RunAsync);
    }

    public LiveSocket Socket { get; }

    /// <summary>What it has received since <see cref="Mark"/>.</summary>
    public long BytesSinceMark => Socket.Bytes - marked;

    /// <summary>Reading, until disposed. Throws when a message was lost, came twice or in the wrong place, or when the connection broke.</summary>
    public Task Running { get; }

    /// <summary>Where to count how long each message took; null counts nothing.</summary>
    public Latencies? Heard { set => heard = value; }

    /// <summary>Notes where it stands when some get stuck.</summary>
    public void Mark() => marked = Socket.Bytes;

    /// <summary>Reads no more, once what it is just waiting for has come.</summary>
    public void Pause() => pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads again.</summary>
    /// <returns>How long it took until it had a message and all before it.</returns>
    public async Task<TimeSpan> ResumeAsync(int until)
    {
        var since = Stopwatch.GetTimestamp();
        reached = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited = until;
        var paused = pause!;
        pause = null;
        paused.SetResult();
        return Stopwatch.GetElapsedTime(since, await reached.Task);
    }

    public void Dispose()
    {
        Volatile.Write(ref isDisposed, true);
        Socket.Dispose();
    }

    async Task RunAsync()
    {
        try
        {
            while (true)
            {
                while (Socket.TryTakeText(out var text)) Hear(text);
                if (pause is { } until) await until.Task;
                await Socket.ReceiveAsync();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            if (!Volatile.Read(ref isDisposed)) throw new WrongAnswerException($"The server cut a reader off after message {newest}. It had asked it for a sign of life {Stopwatch.GetElapsedTime(Socket.AskedAt).TotalSeconds:0} s before.");
        }
    }

    void Hear(ReadOnlySpan<byte> text)
    {
        var rest = text;
        while (Talk.TakeNumber(ref rest) is > 0 and var number)
        {
            if (newest > 0 && number != newest + 1 && !IsWholeList(text)) throw new WrongAnswerException($"A reader heard message {number} after {newest}.");

            newest = Math.Max(newest, number);
            heard?.AddSince(talk.SentAt(number));
        }
        if (newest < awaited) return;

        awaited = int.MaxValue;
        reached!.SetResult(Stopwatch.GetTimestamp());
    }

    // A reader that is too far behind is given the newest messages in place of its own list, which is right as well.
    static bool IsWholeList(ReadOnlySpan<byte> text) => text.IndexOf("hx-swap=\"innerHTML\""u8) >= 0;
}
