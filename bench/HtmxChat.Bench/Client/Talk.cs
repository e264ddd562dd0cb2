using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HtmxChat.Bench.Client;

/// <summary>Numbered messages, and when each was sent: what a reader hears says for itself how long it was under way.</summary>
public sealed class Talk
{
    const int MaxMessages = 100_000;
    const string Digits = "00000000";

    // Long, so that a reader who is stuck for a while lacks more than the kernel takes for it: with a congestion control
    // that probes for bandwidth, such as BBR, that is more than a megabyte.
    static readonly string Rest = string.Join(' ', Enumerable.Repeat("Shall we meet at the usual place?", 150));

    readonly long[] sentAt = new long[MaxMessages];
    int newest;

    /// <summary>The number of the message that was sent last; 0 before the first.</summary>
    public int Newest => Volatile.Read(ref newest);

    /// <summary>When a message was sent, as a <see cref="Stopwatch"/>'s time stamp.</summary>
    public long SentAt(int number) => Volatile.Read(ref sentAt[number]);

    /// <summary>Posts evenly until cancelled.</summary>
    public async Task RunAsync(LiveSocket speaker, TimeSpan every, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(every);
        while (await timer.WaitForNextTickAsync(ct)) Post(speaker);
    }

    /// <summary>Takes the first number off a text that the server has sent.</summary>
    /// <returns>0 when there is none.</returns>
    public static int TakeNumber(ref ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf("Zq"u8);
        if (at < 0) return 0;

        text = text[(at + 2)..];
        return Utf8Parser.TryParse(text[..Digits.Length], out int number, out _) ? number : throw new WrongAnswerException("A message came damaged.");
    }

    void Post(LiveSocket speaker)
    {
        var next = newest + 1;
        var number = next.ToString(Digits, CultureInfo.InvariantCulture);
        var frame = LiveSocket.TextFrame(Encoding.ASCII.GetBytes($$"""{"key":"bench-talk-{{number}}","text":"Zq{{number}} {{Rest}}"}"""));
        Volatile.Write(ref sentAt[next], Stopwatch.GetTimestamp());
        Volatile.Write(ref newest, next);
        speaker.Send(frame);
    }
}
