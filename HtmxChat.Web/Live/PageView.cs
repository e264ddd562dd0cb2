namespace HtmxChat.Web.Live;

/// <summary>What is known of the page at the other end of a live connection: what it shows, and whether somebody looks at it. Safe for any number of threads.</summary>
public sealed class PageView(TimeProvider time)
{
    /// <summary>For <see cref="IsWatchedFor"/>, where a page that is not there any more is noticed.</summary>
    public static readonly TimeSpan AsLongAsItIsOpen = TimeSpan.FromDays(1_000);

    long writtenSeq;
    long watchedUntil;

    /// <summary>What it showed beside the log when it came, in words of whoever speaks there; null when that is not known.</summary>
    public string? Shows { get; set; }

    /// <summary>What it calls itself among the pages of its session; null when it has not said.</summary>
    public string? Name { get; set; }

    /// <summary>Whether it shows what is said in the room; else one thread alone.</summary>
    public bool ShowsRoom { get; set; } = true;

    /// <summary>The newest event that was written to it.</summary>
    public long WrittenSeq { get => Volatile.Read(ref writtenSeq); internal set => Volatile.Write(ref writtenSeq, value); }

    /// <summary>Whether somebody is looking at it, as far as it has said.</summary>
    public bool IsWatched => Volatile.Read(ref watchedUntil) is var until && until != 0 && time.GetTimestamp() < until;

    /// <summary>Whether what is written to it of the room is read.</summary>
    public bool IsRead => ShowsRoom && IsWatched;

    /// <summary>Notes that somebody is looking at it, until it says otherwise or for this time; zero when nobody is.</summary>
    public void IsWatchedFor(TimeSpan lasting) =>
        Volatile.Write(ref watchedUntil, lasting == TimeSpan.Zero ? 0 : time.GetTimestamp() + (long)(lasting.TotalSeconds * time.TimestampFrequency));
}
