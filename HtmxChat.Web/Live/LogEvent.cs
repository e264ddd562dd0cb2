using System.Globalization;

namespace HtmxChat.Web.Live;

/// <summary>What an event does to the page of everyone who reads the room.</summary>
public enum LogEventKind
{
    /// <summary>Adds an element to the list of messages.</summary>
    Insert,

    /// <summary>Puts a newer version in the place of an element; a page that does not show that element ignores it.</summary>
    Replace,

    /// <summary>As <see cref="Replace"/>, for an element outside the list; a streamed page, which is the list alone, shows it at its end.</summary>
    ReplaceOutside,

    /// <summary>Takes an element out of the list; a page that does not show it ignores it.</summary>
    Remove,
}

/// <summary>One numbered change of a room, rendered once and shared by all its readers.</summary>
/// <param name="Seq">The event's number in its room: 1 or greater, without gaps, in the order of commit.</param>
/// <param name="Kind">What it does.</param>
/// <param name="ElementId">The id of the element that <paramref name="Html"/> is.</param>
/// <param name="Html">Empty where the element goes; else UTF-8 without any CR or LF, so that an SSE frame needs one data line.</param>
public sealed record LogEvent(long Seq, LogEventKind Kind, string ElementId, ReadOnlyMemory<byte> Html)
{
    /// <summary>The thread that shows the element, by the number of the message that it began with; null where none does.</summary>
    public long? Thread { get; init; }

    /// <summary>Whether the room's own list has the element. Where a thread shows it as well, it stands there under other ids, see <see cref="ThreadCopy"/>.</summary>
    public bool IsInRoom { get; init; } = true;

    /// <summary>The number in the element's id: <c>m-42</c> has 42.</summary>
    public long Number => long.Parse(ElementId.AsSpan(ElementId.IndexOf('-') + 1), CultureInfo.InvariantCulture);

    /// <summary>Whether the list of its thread has it; the message that the thread began with stands above that list.</summary>
    public bool IsListedInThread => Thread is { } thread && thread != Number;

    /// <summary>The id of the element with a thread's messages.</summary>
    public static string ListOf(long thread) => string.Create(CultureInfo.InvariantCulture, $"thread-{thread}");

    /// <summary>Whether it is about the room itself, or about a message with this number or a later one. Who may not read where a thread began sees nothing of what is said there alone.</summary>
    public bool IsSince(long from) =>
        from == 0 || Kind == LogEventKind.ReplaceOutside || (Number >= from && (IsInRoom || Thread >= from));
}
