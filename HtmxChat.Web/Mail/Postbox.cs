using System.Threading.Channels;
using MailKit.Net.Smtp;

namespace HtmxChat.Web.Mail;

/// <summary>Takes letters and has them sent in the background. Safe for any number of threads.</summary>
/// <remarks>
/// A letter that the server did not take is tried again, later each time, and does not hold the others up. What has not
/// been sent when the program stops is lost: every letter here can be asked for again.
/// </remarks>
public sealed class Postbox(MailSettings? settings, TimeProvider time, ILogger<Postbox> logger) : BackgroundService
{
    /// <summary>After each failure, until the next try.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>So many letters are held at most, for their first try or another.</summary>
    public const int MaxHeld = 500;

    readonly Channel<Sending> posted = Channel.CreateUnbounded<Sending>();
    readonly PriorityQueue<Sending, long> waiting = new();

    // All that have been taken and neither sent nor given up, those that wait for another try among them.
    int held;

    sealed record Sending(Letter Letter, int Tries);

    /// <summary>Whether this site sends mail.</summary>
    public bool IsOn => settings is not null;

    /// <summary>Takes a letter.</summary>
    /// <returns>False when nothing is sent here, or too many are waiting.</returns>
    public bool TryPost(Letter letter)
    {
        if (settings is null) return false;
        if (Interlocked.Increment(ref held) <= MaxHeld) return posted.Writer.TryWrite(new Sending(letter, Tries: 0));

        Interlocked.Decrement(ref held);
        logger.LogError("A letter ({Kind}) was thrown away: {Count} others are waiting", letter.Kind, MaxHeld);
        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings is null) return;

        var smtp = new Smtp(settings);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (TryTakeDue() is { } sending || posted.Reader.TryRead(out sending)) await SendAsync(smtp, sending, stoppingToken);
            else await WaitAsync(stoppingToken);
        }
    }

    Sending? TryTakeDue() => waiting.TryPeek(out _, out var dueAt) && dueAt <= NowMs ? waiting.Dequeue() : null;

    async Task SendAsync(Smtp smtp, Sending sending, CancellationToken ct)
    {
        var tries = sending.Tries + 1;
        try
        {
            await smtp.SendAsync(sending.Letter, ct);
            Interlocked.Decrement(ref held);
            logger.LogInformation("A letter ({Kind}) was sent", sending.Letter.Kind);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Not the exception itself: servers repeat the address in what they say.
            if (IsFinal(e) || tries > Waits.Count)
            {
                Interlocked.Decrement(ref held);
                logger.LogError("A letter ({Kind}) was given up after {Tries} tries: {Reason}", sending.Letter.Kind, tries, Reason(e));
                return;
            }
            logger.LogWarning("A letter ({Kind}) was not taken: {Reason}. Trying again in {Wait}", sending.Letter.Kind, Reason(e), Waits[tries - 1]);
            waiting.Enqueue(sending with { Tries = tries }, NowMs + (long)Waits[tries - 1].TotalMilliseconds);
        }
    }

    async Task WaitAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var due = waiting.TryPeek(out _, out var dueAt) ? TimeSpan.FromMilliseconds(Math.Max(1, dueAt - NowMs)) : Timeout.InfiniteTimeSpan;
        await Task.WhenAny(posted.Reader.WaitToReadAsync(either.Token).AsTask(), Task.Delay(due, time, either.Token));
        await either.CancelAsync();
    }

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    // RFC 5321, section 4.2.1: 5xx will not change by itself.
    static bool IsFinal(Exception e) => e is SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 };

    static string Reason(Exception e) => e is SmtpCommandException refused ? $"the server answered {(int)refused.StatusCode}" : e.GetType().Name;
}
