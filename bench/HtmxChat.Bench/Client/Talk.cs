using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HtmxChat.Bench.Client;

/// <summary>Numbered messages, and when each was sent: what a reader hears says for itself how long it was under way.</summary>
/// <param name="words">What each message says after its number.</param>
public sealed class Talk(string words)
{
    /// <summary>So long that a reader who is stuck for a while lacks more than the kernel takes for it: with a congestion control that probes for bandwidth, such as BBR, that is more than a megabyte.</summary>
    public static readonly string Essay = string.Join(' ', Enumerable.Repeat(Line, 150));

    /// <summary>One line.</summary>
    public const string Line = "Shall we meet at the usual place?";

    const int MaxMessages = 100_000;
    const string Digits = "00000000";

    readonly string id = Guid.NewGuid().ToString("N");
    readonly long[] sentAt = new long[MaxMessages];
    int newest;

    /// <summary>The number of the message that was sent last; 0 before the first.</summary>
    public int Newest => Volatile.Read(ref newest);

    /// <summary>When a message was sent, as a <see cref="Stopwatch"/>'s time stamp.</summary>
    public long SentAt(int number) => Volatile.Read(ref sentAt[number]);

    /// <summary>Posts evenly until cancelled.</summary>
    /// <param name="every">At most a thousand times a second; several at once where timers are slower.</param>
    public async Task RunAsync(LiveSocket speaker, TimeSpan every, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(every);
        var (since, first) = (Stopwatch.GetTimestamp(), newest);
        while (await timer.WaitForNextTickAsync(ct))
        {
            for (var due = first + (int)(Stopwatch.GetElapsedTime(since) / every); newest < due;) Post(speaker);
        }
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
        var frame = LiveSocket.TextFrame(Encoding.ASCII.GetBytes($$"""{"key":"bench-{{id[..8]}}-{{number}}","text":"Zq{{number}} {{words}}"}"""));
        Volatile.Write(ref sentAt[next], Stopwatch.GetTimestamp());
        Volatile.Write(ref newest, next);
        speaker.Send(frame);
    }
}
