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
    /// <summary>Whether it is about the room itself, or about a message with this number or a later one: <c>m-42</c> has 42.</summary>
    public bool IsSince(long from) =>
        from == 0 || Kind == LogEventKind.ReplaceOutside || long.Parse(ElementId.AsSpan(ElementId.IndexOf('-') + 1), CultureInfo.InvariantCulture) >= from;
}
