using System.Buffers.Binary;
using System.Text;

namespace HtmxChat.Web.Live;

/// <summary>
/// An event as it goes from node to node: one byte for the version, one for the kind, eight for the number (little-endian),
/// one for whether the room's list has the element, eight for the thread that shows it (0 for none), one for the length of the element's id, the id, and the rest is the HTML.
/// </summary>
public static class EventBytes
{
    const byte Version = 2;
    const int Head = 20;

    /// <exception cref="ArgumentException">The element's id is longer than 255 bytes.</exception>
    public static byte[] Write(LogEvent e)
    {
        var id = Encoding.UTF8.GetByteCount(e.ElementId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id, byte.MaxValue, nameof(e));

        var bytes = new byte[Head + id + e.Html.Length];
        (bytes[0], bytes[1], bytes[10], bytes[19]) = (Version, (byte)e.Kind, (byte)(e.IsInRoom ? 1 : 0), (byte)id);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), e.Seq);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(11), e.Thread ?? 0);
        Encoding.UTF8.GetBytes(e.ElementId, bytes.AsSpan(Head));
        e.Html.Span.CopyTo(bytes.AsSpan(Head + id));
        return bytes;
    }

    /// <summary>The event; it shares the memory of <paramref name="bytes"/>.</summary>
    /// <returns>
    /// Null for what this version cannot read. During a change of versions nodes hear each other's events only if both
    /// know the form, and otherwise find them in the database.
    /// </returns>
    public static LogEvent? Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < Head || span[0] != Version) return null;

        var (kind, seq, thread, start) = ((LogEventKind)span[1], BinaryPrimitives.ReadInt64LittleEndian(span[2..]), BinaryPrimitives.ReadInt64LittleEndian(span[11..]), Head + span[19]);
        if (!Enum.IsDefined(kind) || seq < 1 || span[10] > 1 || thread < 0 || start == Head || start > span.Length) return null;

        // A line break would end the data of a Server-Sent Event in its middle.
        var html = bytes[start..];
        return html.Span.ContainsAny((byte)'\r', (byte)'\n') ? null : new LogEvent(seq, kind, Encoding.UTF8.GetString(span[Head..start]), html) { IsInRoom = span[10] == 1, Thread = thread == 0 ? null : thread };
    }
}
